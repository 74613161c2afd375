"""Values and pure rules. A rule is a function of its inputs: the day and the calendar are arguments."""
