"""spreadsheets.values: plain functions on the model, one for each endpoint.

A `query` holds the parameters of path and URL (`range`, `valueRenderOption`, ...), a `body` the JSON sent;
both are validated and canonical. `user` is the address of whoever asks, "" may do everything. What cannot be
done raises ApiError with Google's sentence. Writers leave the spreadsheet alone and return a new one.
"""

from tests.sheets_server.values.appending import append
from tests.sheets_server.values.clearing import batch_clear, batch_clear_by_data_filter, clear
from tests.sheets_server.values.reading import batch_get, batch_get_by_data_filter, get
from tests.sheets_server.values.writing import batch_update, batch_update_by_data_filter, update

__all__ = [
    "append",
    "batch_clear",
    "batch_clear_by_data_filter",
    "batch_get",
    "batch_get_by_data_filter",
    "batch_update",
    "batch_update_by_data_filter",
    "clear",
    "get",
    "update",
]
