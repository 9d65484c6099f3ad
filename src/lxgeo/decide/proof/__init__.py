"""Lower bounds over all legal plans, and the proof that a plan meets one."""
