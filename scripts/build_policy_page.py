# ruff: noqa: INP001, T201 -- a script, run by hand
"""Write docs/policy.md from the policy's fields and presets.

Run by hand when either changes: ``python scripts/build_policy_page.py``.
"""

from __future__ import annotations

from pathlib import Path

from lxgeo.read import policy_names, read_policy
from lxgeo.text.policy_page import policy_page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "policy.md"


def main() -> None:
    """Write the page."""
    PAGE.write_text(policy_page([read_policy(name) for name in policy_names()]), encoding="utf-8")
    print(PAGE)


if __name__ == "__main__":
    main()
