"""The edge to Google Sheets: a workbook that people are editing (spec: google.md)."""
