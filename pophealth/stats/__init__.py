"""Tables in, tables out: rates, gaps, charts over time and small numbers."""
