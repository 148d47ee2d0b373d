"""What people correct, kept for good: events that are only ever added, and the state that follows."""
