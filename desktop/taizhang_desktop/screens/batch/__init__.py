"""一起办理: several households of one village in one go."""
