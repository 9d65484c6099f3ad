"""What changed from plan to plan, and what became of branches over several of them."""
