"""A workbook that is an .xlsx file: read at one moment; our own tabs put in, nothing else changed."""

from sheets_sync.edges.excel.workbook import ExcelWorkbook

__all__ = ["ExcelWorkbook"]
