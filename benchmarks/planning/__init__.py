"""What ``benchmarks/bench_plan.py`` is made of: districts, measuring, peers, tables."""
