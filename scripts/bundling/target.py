"""The machine that a bundle is made for: its markers, its wheel tags, what pip calls them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.tags import Tag, compatible_tags, cpython_tags

# The oldest C library that a Linux wheel may ask for: that of Debian 10, RHEL 8 and Kylin V10.
OLDEST_GLIBC = (2, 28)
PLATFORMS = ("linux-x64", "windows-x64")


@dataclass(frozen=True)
class Target:
    """A platform and a Python version.

    Parameters
    ----------
    platform
        One of ``PLATFORMS``.
    python
        Major and minor version of CPython.
    """

    platform: str
    python: tuple[int, int]

    @property
    def windows(self) -> bool:
        """Whether lines end and scripts run as on Windows."""
        return self.platform.startswith("windows")

    @property
    def version(self) -> str:
        """The Python version as people write it: 3.11."""
        return ".".join(map(str, self.python))

    @property
    def stem(self) -> str:
        """How files of this target are called: windows-x64-py311."""
        return f"{self.platform}-py{self.python[0]}{self.python[1]}"

    @property
    def platforms(self) -> list[str]:
        """Wheel platforms that run there, the newest first."""
        if self.windows:
            return ["win_amd64"]
        return [*_manylinux(), "linux_x86_64"]

    @property
    def tags(self) -> list[Tag]:
        """Wheel tags that run there, the most fitting first."""
        interpreter = f"cp{self.python[0]}{self.python[1]}"
        own = cpython_tags(self.python, platforms=self.platforms)
        return [*own, *compatible_tags(self.python, interpreter, self.platforms)]

    @property
    def environment(self) -> dict[str, str]:
        """What a requirement's markers see there."""
        shared = {
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "python_version": self.version,
            "python_full_version": f"{self.version}.0",
            "extra": "",
        }
        if self.windows:
            own = ("nt", "win32", "Windows", "AMD64")
        else:
            own = ("posix", "linux", "Linux", "x86_64")
        names = ("os_name", "sys_platform", "platform_system", "platform_machine")
        return shared | dict(zip(names, own, strict=True))

    @property
    def pip_options(self) -> list[str]:
        """What tells pip to choose wheels for there and not for here."""
        abis = (f"cp{self.python[0]}{self.python[1]}", "abi3", "none")
        return [
            *(f"--platform={each}" for each in self.platforms),
            *(f"--abi={each}" for each in abis),
            f"--python-version={self.version}",
            "--implementation=cp",
            "--only-binary=:all:",
        ]


def _manylinux() -> Iterator[str]:
    """Yield the platforms of Linux wheels, by C library, with the names of old beside them."""
    major, newest = OLDEST_GLIBC
    old = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
    for minor in range(newest, 4, -1):
        yield f"manylinux_{major}_{minor}_x86_64"
        if minor in old:
            yield f"{old[minor]}_x86_64"
