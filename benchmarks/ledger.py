"""How fast a ledger is read: from a file to a clean LEDGER, against the bare reader of the file.

``python benchmarks/ledger.py [xlsx] [csv]`` makes both files (the same every time), reads each with
the bare reader (python-calamine returning its cells; pyarrow's CSV reader on one thread) and with
``clean(read_cells(file))``, each in a process of its own on one core, and prints processor seconds
(of the process and its children), their ratio and the greatest memory of any of the processes.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np

ROWS = {"xlsx": 200_000, "csv": 1_000_000}
REPEATS = 3
_SMALL = 10_000
"""So many rows go through all that many go through, compiled parts too."""
_THREADS = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "ARROW", "RAYON")

HEAD = (
    *("序号", "单位名称", "统一社会信用代码", "单位类别", "经营地址", "行业代码", "从业人员"),
    *("正式党员", "预备党员", "党员总数", "经营状态", "所属街道", "所属社区", "所属园区", "经度"),
    *("纬度", "是否建立党组织", "所在党组织", "联系人", "联系电话"),
)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array((1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28))
_SYLLABLES = "宏达兴旺金信瑞丰恒泰永昌盛隆华美东方新天地海川山河云龙凤祥福安康宁和顺利通亨"
_TRADES = ("电子", "机械", "商贸", "物流", "科技", "餐饮", "建材", "服装", "教育咨询", "物业管理")
_FORMS = ("有限公司", "有限责任公司", "（深圳）有限公司", "经营部", "厂", "合作社")
_COUNTS = (*range(13), *range(7), 0, 0, 0, "３人", "约5", "三", "无", "5(其中预备1)", None, None)


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Yield a ledger's rows: names, addresses and codes differ in every row, counts are dirty."""
    random = np.random.default_rng(20)

    def pick(values: tuple[object, ...]) -> list[object]:
        return [values[i] for i in random.integers(0, len(values), count)]

    def text(of: str, length: int) -> list[str]:
        letters = np.array(list(of))[random.integers(0, len(of), (count, length))]
        return ["".join(row) for row in letters]

    names = map("".join, zip(text(_SYLLABLES, 4), pick(_TRADES), pick(_FORMS), strict=True))
    body = random.integers(0, 31, (count, 17))
    check = (31 - (body * _WEIGHTS).sum(axis=1) % 31) % 31
    letters = np.array(list(_ALPHABET))[np.column_stack([body, check])]
    codes = ["".join(row) for row in letters]
    numbers = random.integers(1, 999, count)
    streets = text(_SYLLABLES, 2)
    addresses = [
        f"{street}路{number}号{number % 30 + 1}栋{number % 40 + 101}室"
        for street, number in zip(streets, numbers, strict=True)
    ]
    yield from zip(
        range(1, count + 1),
        names,
        codes,
        pick(("企业", "个体工商户", "社会团体", "民办非企业单位")),
        addresses,
        pick((*(f"C{n}" for n in range(1311, 1391)), "制造业", None)),
        pick((*range(3, 300), "约50", "200余人", None)),
        pick(_COUNTS),
        pick((0, 0, 0, 1, 2, None)),
        pick((0, 1, 2, 3, 5, 8, None, None)),
        pick(("在营", "存续", "注销", "正常", None)),
        pick(tuple(f"第{n}街道" for n in range(12))),
        pick(tuple(f"第{n}社区" for n in range(150))),
        pick((*(f"第{n}产业园" for n in range(20)), None, None)),
        [round(float(x), 6) for x in random.uniform(113.8, 114.5, count)],
        [round(float(y), 6) for y in random.uniform(22.5, 22.8, count)],
        pick(("是", "否", "√", None)),
        pick((*(f"第{n}联合党支部" for n in range(300)), *[None] * 900)),
        pick(tuple(f"某{c}" for c in _SYLLABLES)),
        [f"1380000{n % 10000:04d}" for n in numbers],
        strict=True,
    )


def make(kind: str, folder: Path, count: int) -> Path:
    """Write a ledger of so many rows as a workbook or as a text table."""
    path = folder / f"ledger.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows(count)])
        return path
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"tmpdir": str(folder)}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate([HEAD, *rows(count)]):
            sheet.write_row(number, 0, row)
    return path


def bare_xlsx(path: str) -> None:
    """Read a workbook's cells by python-calamine alone."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def bare_csv(path: str) -> None:
    """Read a text table by pyarrow alone, on one thread."""
    from pyarrow import csv as arrow

    arrow.read_csv(path, read_options=arrow.ReadOptions(use_threads=False))


def _ours(path: str) -> None:
    from lxgeo.ledger import clean
    from lxgeo.read import read_cells

    clean(read_cells(Path(path)))


def _warm(kind: str) -> None:
    """Load libraries and compile before the clock starts: a process does so once."""
    with tempfile.TemporaryDirectory() as folder:
        _ours(str(make(kind, Path(folder), _SMALL)))


def _processor_seconds() -> float:
    """Return what this process and its children have used of a core: others don't count in it."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def measure(what: str, kind: str, path: str) -> None:
    """Print seconds and mebibytes of one reading, as JSON; run in a process of its own."""
    run: Callable[[str], None] = _ours
    if what == "bare":
        run = bare_csv if kind == "csv" else bare_xlsx
    else:
        _warm(kind)
    began = _processor_seconds()
    run(path)
    seconds = _processor_seconds() - began
    peak = [
        resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(json.dumps({"seconds": seconds, "mib": max(peak) / 1024}))


def apart(what: str, kind: str, path: Path) -> tuple[float, float]:
    """Return the least seconds and the greatest memory of a few runs, on one core each."""
    environment = {**os.environ, **{f"{name}_NUM_THREADS": "1" for name in _THREADS}}
    core = {min(os.sched_getaffinity(0))} if hasattr(os, "sched_getaffinity") else None
    told = []
    for _ in range(REPEATS):
        done = subprocess.run(  # noqa: S603 -- this file
            [sys.executable, __file__, "--measure", what, kind, str(path)],
            capture_output=True,
            check=True,
            env=environment,
            preexec_fn=(lambda: os.sched_setaffinity(0, core)) if core else None,
        )
        told.append(json.loads(done.stdout))
    return min(each["seconds"] for each in told), max(each["mib"] for each in told)


def main() -> None:
    """Make the files, measure both readers, print one line a format."""
    if sys.argv[1:2] == ["--measure"]:
        measure(*sys.argv[2:5])
        return
    libraries = ("python-calamine", "pyarrow", "pandas", "numpy")
    print(platform.platform(), platform.processor(), "Python", platform.python_version())
    print(", ".join(f"{name} {version(name)}" for name in libraries))
    with tempfile.TemporaryDirectory() as folder:
        for kind in sys.argv[1:] or list(ROWS):
            path = make(kind, Path(folder), ROWS[kind])
            bare, bare_mib = apart("bare", kind, path)
            ours, mib = apart("ours", kind, path)
            print(
                f"{kind}: {ROWS[kind]:,} rows x {len(HEAD)} columns, {path.stat().st_size >> 20} "
                f"MiB: bare reader {bare:.2f} s ({bare_mib:.0f} MiB), ours {ours:.2f} s "
                f"({mib:.0f} MiB), {ours / bare:.2f} times"
            )


if __name__ == "__main__":
    main()
