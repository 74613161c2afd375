"""The activities of the office, one module each, over ports that the other rooms implement."""
