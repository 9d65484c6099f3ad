"""What benchmarks/map.py lays out, writes and opens."""
