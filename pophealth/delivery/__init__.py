"""How a workbook reaches people: notebooks, app, reports, command line."""
