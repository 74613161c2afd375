"""The repositories of ``ports.py`` on SQL, one module each; they share a connection and a pen, and know nothing of transactions."""
