"""A fictional district, made from a seed: 云溪区 of 岚川市 (虚构), for trying and for testing."""

from lxgeo.demo.make import Demo, make_demo
from lxgeo.demo.write import GAZETTEER_FILE, LEDGER_FILE, write_demo

__all__ = ["GAZETTEER_FILE", "LEDGER_FILE", "Demo", "make_demo", "write_demo"]
