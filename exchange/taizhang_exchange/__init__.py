"""What crosses the threshold: Excel lists in, packages between town and bureau."""
