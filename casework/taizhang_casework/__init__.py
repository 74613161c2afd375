"""The office: rules and activities. Plain Python; no window, no SQL, no PDF and no clock of its own."""
