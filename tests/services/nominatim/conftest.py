"""Tests of a real Nominatim are part of the suite only where one is running (LXGEO_NOMINATIM)."""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("LXGEO_NOMINATIM") else ["test_*.py"]
