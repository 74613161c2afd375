"""How a case file came to have its tables: one revision after another, from the first table on.

A revision is history: it spells its tables out, imports nothing of ours, and is never edited once released.
"""
