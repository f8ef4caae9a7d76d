"""The Provider column of a tab: who on Staff gives the service, however the name is written."""

from __future__ import annotations

import numpy as np

from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.forms_shown import either, report_forms
from sheets_sync.intake.names import name_key
from sheets_sync.intake.people_called import named_besides
from sheets_sync.intake.shared_columns import report_error_cells
from sheets_sync.intake.tab_rows import Column, Ints, TabRows
from sheets_sync.ports import ErrorValue
from sheets_sync.problems import Severity


def provider_codes(rows: TabRows, context: Context) -> Ints:
    """Return each row's code in `Context.providers`: as the Staff tab spells the name, else as typed.

    Another form of a name ("Ms. Kim", "Kim, Sarah") is taken for who alone on Staff it fits, and shown; where
    it fits several it is asked about, and stays as typed.
    """
    column = rows.column("Provider")
    report_error_cells(rows, context, column)
    texts = ["" if isinstance(cell, ErrorValue) else text_of(cell) for cell in column.cells]
    taken = _by_form(rows, column, texts, context)
    codes = [
        context.providers.code(context.staff.exact.get(name_key(text)) or taken.get(text, text))
        for text in texts
    ]
    return np.array(codes, dtype=np.int64)[column.codes]


def _by_form(rows: TabRows, column: Column, texts: list[str], context: Context) -> dict[str, str]:
    """Return whom the other forms of names are taken for, shown; ask about those that fit several."""
    used = set(np.unique(column.codes).tolist())
    unknown = [text for n, text in enumerate(texts) if n in used and text]
    unknown = [text for text in dict.fromkeys(unknown) if name_key(text) not in context.staff.exact]
    fits = {text: context.staff.can_be(text) for text in unknown}
    surely = {text: who[0] for text, who in fits.items() if len(who) == 1 and context.staff.is_surely(text)}
    besides = named_besides(
        {text: context.staff.names_of(text) for text in surely},
        [text for text, who in fits.items() if not who],
    )
    for text, who in fits.items():
        several = [*who, *besides.get(text, ())]
        if len(several) > 1:
            surely.pop(text, None)
            problem = f"{shown(text)} can mean {either(several)}: it is nobody of Staff until that is told."
            remedy = "Write the name as on Staff."
            where = column.codes == texts.index(text)
            context.found.at_rows(Severity.QUESTION, rows, column, where, problem, remedy)
    forms = {(text, name): [texts.index(text)] for text, name in surely.items()}
    report_forms(rows, context, column, forms, column.codes, "Staff")
    return surely
