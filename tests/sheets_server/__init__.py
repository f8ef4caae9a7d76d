"""A server that speaks the Google Sheets API, for tests (spec: google.md, "The test server").

In a test: server.py, gspread_client.py, faults.py, staff.py, quota.py. On its own:
`python -m tests.sheets_server --help`. How much of what Google answered it answers alike:
`python -m tests.sheets_server.replay`.

A request goes through wire.py (bytes, faults) and http.py (who asks, which method, the form of the answer);
discovery.py and messages.py check it against Google's own document, routes.py says which function carries
it out: values/, batch.py with requests/, spreadsheets.py, drive_calls.py. These are plain functions on what
is kept (model.py); what cells show is worked out in effective.py.
"""
