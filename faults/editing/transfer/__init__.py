"""Knowledge as tables: rows out to XLSX and CSV, and back in. No Django but its gettext. `workbook` is the door; the rest stands behind it.

What a cell says    columns: which each kind of item has; cells: one value; blocks: causes, fixes and myths in one cell;
                    formulas: text that a spreadsheet would take for one; errors: what is refused, each with a sentence.
                    versions: which words a row was exported with.
Out                 writing: rows → XLSX and CSV; template: the empty workbook with 填写说明.
In                  limits, workbook, archive, xml_scan: what is refused before anything is understood;
                    csv_reading, ods_reading and xlsx_reading → tables (texts, whatever they mean) → layout (what each column is, by
                    headings, or as somebody said) → sheets (lines below our headers) → rows (each line a row or a sentence);
                    stored: tables as bytes, until they are imported.
"""
