"""Papers: ledgers, letters and notices as PDF, drawn only from frozen values."""
