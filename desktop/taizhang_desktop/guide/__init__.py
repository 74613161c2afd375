"""Help: a page for each screen, the keys there are, and the notice's own words beside them."""
