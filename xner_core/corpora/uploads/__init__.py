"""Files of other tools, read as far as they are good: every problem is told with its line."""
