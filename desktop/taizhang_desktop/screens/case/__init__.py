"""案件办理: a module a form, and the screen that holds the one that is due."""
