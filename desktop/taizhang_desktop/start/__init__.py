"""The pages before the desk is open: the first start, and opening it."""
