"""Files that lie in a bucket or behind another address that fsspec opens."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lxgeo.errors import InputError, ServiceError, Words

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # longer than a drive's letter
_SECRETS = re.compile(r"(?<=://)(?:[^/@:]*:.*@|[^/@]*@)|\?.*$")  # a secret key may hold a slash
_KEYS = re.compile(r"s3a?://(?!arn:)[^/]*[:@]", re.IGNORECASE)


def is_remote(place: str) -> bool:
    """Return whether a place is an address, and not a folder of this machine."""
    found = _SCHEME.match(place)
    return found is not None and found[1].lower() != "file"


def local_path(place: str) -> Path:
    """Return a folder of this machine: a path, or an address ``file://``."""
    if _SCHEME.match(place):
        return Path(url2pathname(unquote(urlsplit(place).path)))
    return Path(place)


def told_address(place: str) -> str:
    """Return a place as it may be told: without what stands before ``@`` or behind ``?``."""
    return _SECRETS.sub("", place) if _SCHEME.match(place) else place


def listed(folder: Path) -> dict[str, int]:
    """Return a folder's files → bytes, relative to it; an empty folder's name ends in a slash.

    Raises
    ------
    InputError
        No such folder.
    """
    if not folder.is_dir():
        raise InputError(
            Words(
                f"找不到按县存放的文件夹：{folder}；请核对路径",
                f"no such folder of counties: {folder}; check the path",
            )
        )
    found = {}
    for top, inner, names in os.walk(folder):
        inner.sort()
        inside = Path(top).relative_to(folder).as_posix()
        if not inner and not names and inside != ".":
            found[f"{inside}/"] = 0
        for name in sorted(names):
            path = Path(top, name)
            found[path.relative_to(folder).as_posix()] = path.stat().st_size
    return found


def sizes(place: str) -> dict[str, int]:
    """Return a remote place's files → bytes, relative to it, in order of name.

    Raises
    ------
    InputError
        No file system of that scheme is installed.
    ServiceError
        The place does not answer, or not to whoever asks.
    """
    system, root = _opened(place)
    with _asking(told_address(place)):
        system.invalidate_cache()
        found: dict[str, Any] = system.find(root, detail=True)
    head = root.rstrip("/") + "/"
    return {
        path.removeprefix(head): int(told.get("size") or 0)
        for path, told in sorted(found.items())
        if path.startswith(head) and path != head
    }


def fetch(place: str, files: Iterable[str], into: Path) -> tuple[Path, ...]:
    """Return files of a remote place, fetched into a folder under their own last names.

    Raises
    ------
    ServiceError
        The place does not answer, or a file is gone since it was listed.
    """
    system, root = _opened(place)
    into.mkdir(parents=True, exist_ok=True)
    fetched = []
    for name in files:
        path = into / name.rpartition("/")[2]
        with _asking(f"{told_address(place).rstrip('/')}/{name}"):
            system.get_file(f"{root.rstrip('/')}/{name}", str(path))
        fetched.append(path)
    return tuple(fetched)


def _opened(place: str) -> tuple[Any, str]:
    scheme = place.partition("://")[0]
    if _KEYS.match(place):
        # Before anybody is asked: what asks would take the keys for a bucket's name, and log them.
        raise InputError(
            Words(
                f"{told_address(place)}：密钥不要写在地址里；请设 AWS_ACCESS_KEY_ID 和 "
                "AWS_SECRET_ACCESS_KEY，或写入 ~/.aws/credentials",
                f"{told_address(place)}: leave the keys out of the address; set AWS_ACCESS_KEY_ID "
                "and AWS_SECRET_ACCESS_KEY, or write ~/.aws/credentials",
            )
        )
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(place)
    except (ImportError, ValueError) as fault:
        raise InputError(
            Words(
                f"不能打开 {told_address(place)}：没有安装读取 {scheme}:// 的组件（如 s3 需要 "
                "pip install 'lxgeo[bucket]'）；请安装后重试，或先下载到本机文件夹",
                f"can't open {told_address(place)}: nothing that reads {scheme}:// is installed "
                "(for s3: pip install 'lxgeo[bucket]'); install it, or download the files into a "
                "folder",
            )
        ) from fault
    return system, str(root)


@contextmanager
def _asking(told: str) -> Iterator[None]:
    """Tell in our words why a place did not answer: never in its own, which may quote a secret."""
    try:
        yield
    except _refusals() as fault:
        why = _reason(fault)
        raise ServiceError(
            Words(
                f"读取 {told} 失败（{why.zh}）；改好后重新运行同一命令，已完成的不必重做",
                f"can't read {told} ({why.en}); mend it and run the same command again: what is "
                "done is kept",
            )
        ) from None


def _refusals() -> tuple[type[Exception], ...]:
    """Return what file systems raise where a place does not answer.

    Those of S3 hand on what their driver raises, which is none of Python's own errors.
    """
    driver = sys.modules.get("botocore.exceptions")
    return (OSError, ValueError, *(() if driver is None else (driver.BotoCoreError,)))


_REASONS = (
    (
        ("NoCredentials", "PartialCredentials", "CredentialRetrieval", "TokenRetrieval", "SSO"),
        Words(
            "没有访问凭据：请设 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY，或写入 "
            "~/.aws/credentials，不要写在地址里",
            "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or write "
            "~/.aws/credentials, never the address",
        ),
    ),
    (
        ("PermissionError",),
        Words(
            "凭据不被接受，或没有列出、读取的权限：请核对密钥，或请管理员授权",
            "its credentials are refused, or have no right to list and read: check them, or ask "
            "its keeper",
        ),
    ),
    (
        ("FileNotFoundError",),
        Words(
            "没有这个存储桶，或文件已被移走：请核对地址",
            "no such bucket, or the file is gone: check the address",
        ),
    ),
    (
        ("ParamValidation", "ValueError", "EndpointResolution", "UnknownEndpoint"),
        Words(
            "地址写法不对：应如 s3://桶/文件夹，服务地址（AWS_ENDPOINT_URL）应如 https://主机",
            "the address can't be one: it is like s3://bucket/folder, and that of the service "
            "(AWS_ENDPOINT_URL) like https://host",
        ),
    ),
    (
        ("HTTPClient", "Connection", "Timeout", "EndpointConnection", "ResponseStreaming"),
        Words(
            "连接不上或中断：请核对服务地址（AWS_ENDPOINT_URL）和网络",
            "no connection, or it was lost: check the service's address (AWS_ENDPOINT_URL) and "
            "the network",
        ),
    ),
)
"""How the names of errors begin → what they come to."""


def _reason(fault: Exception) -> Words:
    """Return why a place did not answer, as far as the kind of its error says."""
    if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
        return Words("本机磁盘已满", "the disk of this machine is full")
    names = tuple(each.__name__ for each in type(fault).__mro__)
    for begins, words in _REASONS:
        if any(name.startswith(begins) for name in names):
            return words
    name = type(fault).__name__
    return Words(f"{name}；请核对地址、网络和权限", f"{name}: check address, network and rights")
