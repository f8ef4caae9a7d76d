"""When a workbook "looks wrong" (promises.md, "Guards"): one file a family of rules."""
