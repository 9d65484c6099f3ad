"""What `benchmarks/fuzz.py` is made of: seeds, damage, and workers that read what is damaged."""
