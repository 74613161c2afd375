"""What locks the desk, and what has to go from the screen when it is locked."""
