"""spreadsheets.batchUpdate: many changes, all of them or none."""

from __future__ import annotations

from tests.sheets_server import spreadsheets
from tests.sheets_server.errors import ApiError, bad_request
from tests.sheets_server.field_mask import Mask
from tests.sheets_server.model import Json, Spreadsheet
from tests.sheets_server.requests.context import Context
from tests.sheets_server.requests.refused import Refused
from tests.sheets_server.requests.registry import REQUESTS


def batch_update(
    book: Spreadsheet, body: Json, user: str = "", fields: Mask | None = None
) -> tuple[Spreadsheet, Json]:
    """Return the spreadsheet after all requests of a BatchUpdateSpreadsheetRequest, and the answer.

    `body` is canonical; `user` is the address of whoever asks ("": no protection holds him back); `fields` is
    the mask that will be laid on the answer: where it names cells of updatedSpreadsheet they are in it.
    `book` is never changed. Raises ApiError as Google answers it where one request cannot be carried out;
    then none is.
    """
    changed = book.copy()
    context = Context(user=user)
    asked = body.get("requests", [])
    if not asked:
        raise bad_request("Must specify at least one request.")
    replies = [_reply(changed, number, request, context) for number, request in enumerate(asked)]
    answer: Json = {"spreadsheetId": book.id, "replies": replies}
    wanted = fields.of("updatedSpreadsheet") if fields is not None else None
    if body.get("includeSpreadsheetInResponse") and (fields is None or wanted is not None):
        query = {
            "ranges": body.get("responseRanges", []),
            "includeGridData": body.get("responseIncludeGridData", False),
        }
        answer["updatedSpreadsheet"] = spreadsheets.get(changed, query, wanted, user)
    return changed, answer


def _reply(book: Spreadsheet, number: int, request: Json, context: Context) -> Json:
    if len(request) != 1:
        raise bad_request(f"Invalid requests[{number}]: No request set.")
    ((name, asked),) = request.items()
    if name not in REQUESTS:
        raise bad_request(f"Invalid requests[{number}].{name}: the test server does not know this request.")
    try:
        return REQUESTS[name](book, asked, context)
    except Refused as refused:
        raise bad_request(f"Invalid requests[{number}].{name}: {refused}") from None
    except ApiError as error:
        raise ApiError(
            error.code, error.status, f"Invalid requests[{number}].{name}: {error.message}", error.details
        ) from None
