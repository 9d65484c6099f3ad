"""Run lxgeo as ``python -m lxgeo``."""

from lxgeo.cli import main

if __name__ == "__main__":
    main()
