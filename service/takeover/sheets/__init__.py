"""Reading tables from files: XLSX and CSV in, rows of plain values out."""
