"""summary.json and manifest.json: the run's figures, and what vouches for its files."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxgeo.judge import coverage_rates
from lxgeo.model import RegionResult
from lxgeo.publish.folder.release import Record, Release

_CHUNK = 1 << 20


def summary(release: Release, record: Record) -> dict[str, Any]:
    """Return what ``summary.json`` holds; times, versions and paths stand here alone.

    Parameters
    ----------
    release
        The plan's figures, rates, regions and policy.
    record
        Inputs, seconds, workers, versions.
    """
    plan, evaluation = release.plan, release.evaluation
    return {
        **evaluation.figures,
        "regions": [_region(each) for each in plan.regions],
        "coverage": coverage_rates(evaluation),
        "policy": plan.policy.as_mapping(),
        "seed": plan.seed,
        "effort": plan.effort,
        "inputs": dict(record.inputs),
        **_geocoder(record),
        **({"approved": dict(record.approved)} if record.approved else {}),
        "seconds": {stage: round(spent, 3) for stage, spent in record.seconds.items()},
        "workers": record.workers,
        "versions": dict(record.versions),
    }


def _region(result: RegionResult) -> dict[str, Any]:
    return {
        "region": result.region,
        "crs": result.crs,
        "must_join": result.must_join,
        "cost_m": result.cost_m,
        "bound_m": result.bound_m,
        "gap": result.gap,
        "left_out_m": result.left_out_m,
        "left_out_min": result.left_out_min,
        "status": result.status,
        "seconds": round(result.seconds, 3),
    }


def manifest(name: str, record: Record, files: Mapping[str, Path]) -> dict[str, Any]:
    """Return what ``manifest.json`` holds: the SHA-256 of every other file and of the inputs.

    Parameters
    ----------
    name
        The run's name.
    record
        Its versions and inputs.
    files
        Path as told in the manifest (POSIX, from the run folder) → where the file is now.
    """
    return {
        "lxgeo": record.versions["lxgeo"],
        "run": name,
        "files": {told: sha256(path) for told, path in sorted(files.items())},
        "inputs": dict(record.inputs),
        **_geocoder(record),
    }


def _geocoder(record: Record) -> dict[str, str]:
    return {} if record.geocoder is None else {"geocoder": record.geocoder}


def sha256(path: Path) -> str:
    """Return a file's SHA-256 as hex digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_json(path: Path, value: object) -> None:
    """Write strict JSON: UTF-8, keys as given; a figure that is no number is ``null``."""
    text = json.dumps(_strict(value), ensure_ascii=False, allow_nan=False, indent=2)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _strict(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _strict(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
