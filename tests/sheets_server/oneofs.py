"""Fields of which a message may have one alone: the discovery document is silent, Google's reference does.

Of a message: field -> the name of its union; "*" stands for every field.
https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
"""

from __future__ import annotations


def _union(name: str, *fields: str) -> dict[str, str]:
    return dict.fromkeys(fields, name)


ONE_OF: dict[str, dict[str, str]] = {
    "Request": _union("kind", "*"),
    "ExtendedValue": _union("value", "*"),
    "DataFilter": _union("filter", "*"),
    "ColorStyle": _union("kind", "rgbColor", "themeColor"),
    "UpdateCellsRequest": _union("area", "start", "range"),
    "FindReplaceRequest": _union("scope", "range", "sheetId", "allSheets"),
    "AutoFillRequest": _union("area", "range", "sourceAndDestination"),
    "PasteDataRequest": _union("kind", "delimiter", "html"),
    "DeveloperMetadataLocation": _union("location", "spreadsheet", "sheetId", "dimensionRange"),
    "ConditionalFormatRule": _union("rule", "booleanRule", "gradientRule"),
    "ConditionValue": _union("value", "relativeDate", "userEnteredValue"),
    "UpdateConditionalFormatRuleRequest": _union("instruction", "rule", "newIndex"),
    "UpdateDimensionPropertiesRequest": _union("dimension_range", "range", "dataSourceSheetRange"),
    "AutoResizeDimensionsRequest": _union("dimension_range", "dimensions", "dataSourceSheetDimensions"),
    "FilterSpec": _union("reference", "columnIndex", "dataSourceColumnReference"),
    "SortSpec": _union("reference", "dimensionIndex", "dataSourceColumnReference"),
    "EmbeddedObjectPosition": _union("location", "sheetId", "overlayPosition", "newSheet"),
    "PivotValue": _union("value", "sourceColumnOffset", "dataSourceColumnReference", "formula"),
    "PivotGroup": _union("reference", "sourceColumnOffset", "dataSourceColumnReference"),
    "PivotGroupRule": _union("rule", "*"),
    "Chip": _union("chip", "*"),
}
