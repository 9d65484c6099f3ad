"""Checkpoints: answers kept on disk as they come, so that a killed run resumes where it was.

Each answer is a file of its own, named by a fingerprint of all that it depends on: the task's
arrays and settings, the function, and the code that the function stands in. It is written beside
its place and renamed, so two runs may share a folder; one that can't be read is done again.
"""

from __future__ import annotations

import dataclasses
import importlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from lxgeo.engine.runners import Runner
from lxgeo.errors import ServiceError, Words


@dataclass(frozen=True)
class Checkpoints:
    """A folder of answers.

    Parameters
    ----------
    folder
        Where they are; made when the first is kept.
    answer
        The dataclass of an answer: its fields are numbers, texts, flags and arrays.
    keep
        Whether an answer may be kept; one that a time limit cut short may not.
    """

    folder: Path
    answer: type[Any]
    keep: Callable[[Any], bool]

    def around(self, run: Runner) -> Runner:
        """Return a runner that runs only what is not kept, and keeps each answer as it comes."""

        def resuming(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
            stamp = code_stamp(function)
            named = {task.region: self.folder / f"{stamp(task)}.npz" for task in tasks}
            todo = []
            for task in tasks:
                kept = self._read(named[task.region])
                if kept is None:
                    todo.append(task)
                else:
                    yield kept
            for answer in run(function, todo) if todo else ():
                if self.keep(answer):
                    self._write(named[answer.region], answer)
                yield answer

        return lambda function, tasks: resuming(function, list(tasks))

    def clear(self) -> None:
        """Forget every answer: the run that needed them is complete."""
        if self.folder.is_dir():
            for pattern in ("*.npz", "*.part"):  # what a killed run was writing, too
                for path in self.folder.glob(pattern):
                    path.unlink(missing_ok=True)
            with suppress(OSError):  # something else stands there, or another run keeps there
                self.folder.rmdir()

    def _read(self, path: Path) -> Any:
        if not path.is_file():
            return None
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                held = {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError, EOFError, zipfile.BadZipFile):
            return None  # half-written or damaged: done again
        if set(held) != {field.name for field in fields(self.answer)}:
            return None
        return self.answer(
            **{name: value.item() if value.ndim == 0 else value for name, value in held.items()}
        )

    def _write(self, path: Path, answer: Any) -> None:
        values: dict[str, Any] = {
            field.name: np.asarray(getattr(answer, field.name)) for field in fields(answer)
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, **values)
                Path(beside).replace(path)
            except BaseException:
                Path(beside).unlink(missing_ok=True)
                raise
        except FileNotFoundError:
            return  # a run beside this one is complete and has cleared the folder
        except OSError as fault:
            raise ServiceError(
                Words(
                    zh=f"无法保存断点 {self.folder}：{fault.strerror}。腾出空间或换个结果文件夹后，"
                    "重新运行同一命令即可接着算",
                    en=f"can't keep a checkpoint in {self.folder}: {fault.strerror}. Make room or"
                    " choose another folder, then run the same command again to go on",
                )
            ) from fault


def code_stamp(function: Any) -> Callable[[Any], str]:
    """Return what gives a task its fingerprint under a function.

    Parameters
    ----------
    function
        A top-level function, or a dataclass around one (``Timed``): the source files of the
        distribution that it stands in are part of the fingerprint, for it calls other rooms.
    """
    while is_dataclass(function) and hasattr(function, "function"):
        function = function.function
    digest = blake2b(f"{function.__module__}.{function.__qualname__}".encode(), digest_size=16)
    for path in _sources(function.__module__):
        digest.update(path.read_bytes())

    def fingerprint(task: Any) -> str:
        own = digest.copy()
        _feed(own, task)
        return own.hexdigest()

    return fingerprint


def _sources(module: str) -> list[Path]:
    """Return the source files that a module's answers may depend on: all of its distribution."""
    top = Path(str(importlib.import_module(module.partition(".")[0]).__file__))
    return sorted(top.parent.rglob("*.py")) if top.name == "__init__.py" else [top]


def _feed(digest: blake2b, value: Any) -> None:
    """Add a value to a digest: its kind, its extent, then what it holds."""
    if isinstance(value, np.ndarray):
        digest.update(f"array {value.dtype.str} {value.dtype.descr} {value.shape};".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    elif is_dataclass(value) and not isinstance(value, type):
        digest.update(f"{type(value).__qualname__};".encode())
        for field in dataclasses.fields(value):
            _feed(digest, getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        digest.update(f"{len(value)} of;".encode())
        for each in value:
            _feed(digest, each)
    elif isinstance(value, (str, bytes, int, float, np.generic)) or value is None:
        text = repr(value.item() if isinstance(value, np.generic) else value).encode()
        digest.update(b"%d " % len(text) + text)
    elif not callable(value):  # when to stop is no part of what is asked
        message = f"a task may not hold a {type(value).__qualname__}"
        raise TypeError(message)
