"""A run's folder: what is released into it, vouched for, and exchanged for the old one at once."""
