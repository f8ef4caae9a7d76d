"""A workbook that is an .xlsx file: read at one moment, and our own tabs put into it, nothing else changed."""

from sheets_sync.edges.excel.workbook import ExcelWorkbook

__all__ = ["ExcelWorkbook"]
