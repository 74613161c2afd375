"""Walking through the program as a page of the manual says, word for word: for the pictures, and for the test of that page."""
