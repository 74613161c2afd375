"""Tables of 100,000 rows: ids known, rows fetched a page at a time through the worker."""
