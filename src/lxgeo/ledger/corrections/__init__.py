"""What comes back from people: corrections, confirmations, and the states of an office's lists."""
