"""One quiet look over Fusion: colours and sizes as values, the style sheet, the icons and the fonts."""
