"""Files that lie in a bucket or behind another address that fsspec opens."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from lxgeo.errors import InputError, ServiceError, Words

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")  # longer than a drive's letter
_SECRETS = re.compile(r"(?<=://)[^/@]*@|\?.*$")


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
        The place does not answer.
    """
    system, root = _opened(place)
    try:
        system.invalidate_cache()
        found: dict[str, Any] = system.find(root, detail=True)
    except (OSError, ValueError) as fault:
        raise _no_answer(place, fault) from fault
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
        The place does not answer.
    """
    system, root = _opened(place)
    into.mkdir(parents=True, exist_ok=True)
    fetched = []
    for name in files:
        path = into / name.rpartition("/")[2]
        try:
            system.get_file(f"{root.rstrip('/')}/{name}", str(path))
        except (OSError, ValueError) as fault:
            raise _no_answer(place, fault) from fault
        fetched.append(path)
    return tuple(fetched)


def _opened(place: str) -> tuple[Any, str]:
    scheme = place.partition("://")[0]
    try:
        from fsspec.core import url_to_fs

        system, root = url_to_fs(place)
    except (ImportError, ValueError) as fault:
        raise InputError(
            Words(
                f"不能打开 {told_address(place)}：没有安装读取 {scheme}:// 的组件（如 s3 需要 "
                "fsspec 和 s3fs）；请安装后重试，或先下载到本机文件夹",
                f"can't open {told_address(place)}: nothing that reads {scheme}:// is installed "
                "(fsspec, and s3fs for s3); install it, or download the files into a folder",
            )
        ) from fault
    return system, str(root)


def _no_answer(place: str, fault: Exception) -> ServiceError:
    why = f"{type(fault).__name__}: {fault}"
    return ServiceError(
        Words(
            f"读取 {told_address(place)} 失败（{why}）：请核对地址、网络和权限，再运行同一命令",
            f"can't read {told_address(place)} ({why}): check address, network and rights, then "
            "run the same command again",
        )
    )
