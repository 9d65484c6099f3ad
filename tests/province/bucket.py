"""What the tests know of their bucket: where it is, who may ask, how it is filled."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

NEEDED = ("s3fs", "boto3", "moto", "flask", "flask_cors")
BUCKET = "province"


@dataclass(frozen=True)
class Bucket:
    """A running bucket: its service's address, and user → key and secret key."""

    url: str
    keys: dict[str, tuple[str, str]]

    @property
    def files(self) -> Any:
        """Its files, as their owner."""
        from s3fs import S3FileSystem

        key, secret = self.keys["owner"]
        return S3FileSystem(
            key=key,
            secret=secret,
            endpoint_url=self.url,
            client_kwargs={"region_name": "us-east-1"},
            skip_instance_cache=True,
        )

    def fill(self, folder: Path, name: str) -> str:
        """Put a folder into it under a name; return its address."""
        self.files.put(f"{folder}/", f"{BUCKET}/{name}/", recursive=True)
        return f"s3://{BUCKET}/{name}"


@contextmanager
def running() -> Iterator[Bucket]:
    """Start the service; it ends with its input."""
    script = Path(__file__).with_name("bucket_server.py")
    with subprocess.Popen(
        [sys.executable, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        told = json.loads(server.stdout.readline())
        try:
            yield Bucket(told["url"], {user: tuple(pair) for user, pair in told["keys"].items()})
        finally:
            server.stdin.close()


def ask_as(patch: pytest.MonkeyPatch, bucket: Bucket, pair: tuple[str, str] | None) -> None:
    """Let whoever opens ``s3://`` in this test, and in processes that it starts, be this user."""
    from s3fs import S3FileSystem

    S3FileSystem.clear_instance_cache()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        patch.delenv(name, raising=False)
    nowhere = {"AWS_CONFIG_FILE": "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent"}
    mine = {"AWS_ENDPOINT_URL": bucket.url, "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in (nowhere | mine | {"AWS_EC2_METADATA_DISABLED": "true"}).items():
        patch.setenv(name, value)
    if pair is not None:
        patch.setenv("AWS_ACCESS_KEY_ID", pair[0])
        patch.setenv("AWS_SECRET_ACCESS_KEY", pair[1])
