"""From labels to the branches and decisions that people read: host, mode, name, reason, row."""
