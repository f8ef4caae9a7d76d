"""A server that speaks the Google Sheets API, for tests (spec: google.md, "The test server")."""
