"""材料: the papers of a household, of several, of a month, and blank ones."""
