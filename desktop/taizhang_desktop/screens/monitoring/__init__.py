"""监测对象: the list of recognised households, and what is done for one of them."""
