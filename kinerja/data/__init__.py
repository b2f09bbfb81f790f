"""The workbook's tables: read, check, template, anonymise."""
