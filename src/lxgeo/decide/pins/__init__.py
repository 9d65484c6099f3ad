"""What people settled by hand: which pins fit, and what the rest is solved without."""
