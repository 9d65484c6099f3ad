"""The command line as a planner meets it: what she types, what she reads, the exit code."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from command import Run
from town import LEFT_OUT_M, OUTCOMES, PLAN_COST_M, TOLERANCE_M, Town


@pytest.fixture
def planned(lxgeo: Run, town: Town, tmp_path: Path) -> Path:
    """Return the run folder of the planned town."""
    said = lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path / "out")

    assert said.code == 0, said.err
    return tmp_path / "out" / town.ledger.stem


def test_the_town_is_planned_as_by_hand(planned: Path) -> None:
    """Outcomes, cost, penalty, bound and gap of the nine-unit town (town.py has the sums)."""
    units = pd.read_csv(planned / "units.csv", dtype=str, encoding="utf-8-sig").set_index("unit_id")
    summary = json.loads((planned / "summary.json").read_text(encoding="utf-8"))

    assert units["outcome"].to_dict() == OUTCOMES
    assert units["reason"].notna().all()
    assert units["rule"].notna().all()
    assert summary["plan_cost_m"] == pytest.approx(PLAN_COST_M, abs=TOLERANCE_M)
    assert summary["bound_m"] == summary["plan_cost_m"]
    assert summary["gap"] == 0
    assert sum(region["left_out_m"] for region in summary["regions"]) == LEFT_OUT_M
    assert units.loc["U2", "is_host"] == "true"
    assert units.loc["U7", "mode"] == "host"


def test_rates_are_the_hand_s(planned: Path) -> None:
    """Organised 1/9 → 6/9, standing alone 1/9 → 2/9, of those with members 1/8 → 6/8."""
    coverage = json.loads((planned / "summary.json").read_text(encoding="utf-8"))["coverage"]
    counted = {
        when: {(rate["numerator"], rate["denominator"]) for rate in coverage[when]}
        for when in ("before", "after")
    }

    assert {(1, 9), (1, 8)} <= counted["before"]
    assert {(6, 9), (2, 9), (6, 8)} <= counted["after"]
    assert all(rate["name"] for when in counted for rate in coverage[when])


def test_every_file_of_the_contract_is_there(planned: Path) -> None:
    """The map beside the run; in the run every file it promises, all of them in the manifest."""
    inside = {path.name for path in planned.iterdir()}
    listed = json.loads((planned / "manifest.json").read_text(encoding="utf-8"))["files"]

    assert inside == {
        *("units.csv", "units.geojson", "branches.geojson", "links.geojson", "hulls.geojson"),
        *("plan.gpkg", "plan.xlsx", "summary.json", "manifest.json"),
        *("report.docx", "report.html", "townships"),
    }
    clerks = {"townships/甲街道.xlsx", "townships/乙镇.xlsx"}
    assert set(listed) == inside - {"manifest.json", "townships"} | clerks | {
        f"../maps/{planned.name}.html"
    }
    assert (planned.parent / "maps" / f"{planned.name}.html").stat().st_size > 10_000


def test_what_the_office_wrote_is_carried_on(
    lxgeo: Run, planned: Path, town: Town, tmp_path: Path
) -> None:
    """A note written into a list stands in the next run, in its own place or with --previous."""
    book = openpyxl.load_workbook(planned / "plan.xlsx")
    sheet = book["任务清单"]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if any(cell.value == "备注" for cell in row))
    column = next(cell.column for cell in head if cell.value == "备注")
    sheet.cell(head[0].row + 1, column, "已电话通知")
    book.save(planned / "plan.xlsx")
    for where, previous in ((planned.parent, ()), (tmp_path / "b", ("--previous", planned))):
        said = lxgeo("plan", town.ledger, "--areas", town.areas, "--out", where, *previous)
        written = openpyxl.load_workbook(where / planned.name / "plan.xlsx")["任务清单"]

        assert said.code == 0, said.err
        assert any("已电话通知" in row for row in written.iter_rows(values_only=True))


def test_a_run_is_exported(lxgeo: Run, planned: Path) -> None:
    """Each layer as a file of the format asked for; the run itself stays whole."""
    said = lxgeo("export", planned, "--format", "shp", "--crs", "EPSG:4547")

    assert said.code == 0, said.err
    assert len(gpd.read_file(planned / "export" / "units.shp")) > 0
    assert lxgeo("verify", planned).code == 0


def test_verify_accepts_a_whole_plan(lxgeo: Run, planned: Path) -> None:
    """A plan as it was written stands."""
    said = lxgeo("verify", planned)

    assert (said.code, said.err) == (0, "")
    assert "核验通过" in said.out


def test_verify_writes_a_certificate(lxgeo: Run, planned: Path, tmp_path: Path) -> None:
    """As text and as data, outside the run; another ending is refused, the run stays whole."""
    for name in ("证书.txt", "证书.json"):
        assert lxgeo("verify", planned, "-o", tmp_path / name).code == 0
    said = (tmp_path / "证书.txt").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "证书.json").read_text(encoding="utf-8"))
    manifest = hashlib.sha256((planned / "manifest.json").read_bytes()).hexdigest()

    assert said.startswith("核验证书\n")
    assert manifest in said
    assert data["stands"]
    assert (data["manifest_sha256"], data["counts"]["units"]) == (manifest, 9)
    assert all(each["breaches"] == [] for each in data["checks"])
    assert lxgeo("verify", planned, "-o", tmp_path / "证书.pdf").code == 1


def test_verify_refuses_an_edited_file_by_name(lxgeo: Run, planned: Path) -> None:
    """One byte more in one file, and the plan is refused with that file's name."""
    with (planned / "hulls.geojson").open("a", encoding="utf-8") as file:
        file.write("\n")
    said = lxgeo("verify", planned)

    assert said.code == 1
    assert "hulls.geojson" in said.err


def test_the_same_command_twice_gives_the_same_bytes(
    lxgeo: Run, planned: Path, town: Town, tmp_path: Path
) -> None:
    """Only summary.json, which holds the times, and so manifest.json may differ."""
    lxgeo("plan", town.ledger, "--areas", town.areas, "--out", tmp_path / "again")
    again = tmp_path / "again" / planned.name
    files = [path.relative_to(planned) for path in planned.rglob("*") if path.is_file()]
    same = {
        each.as_posix(): (planned / each).read_bytes() == (again / each).read_bytes()
        for each in files
    }
    page = f"maps/{planned.name}.html"

    assert {name for name, alike in same.items() if not alike} <= {"summary.json", "manifest.json"}
    assert (planned.parent / page).read_bytes() == (tmp_path / "again" / page).read_bytes()


def no_such_ledger(town: Town, folder: Path) -> tuple[Path, Path]:
    """Name a ledger that is not there."""
    return folder / "没有.xlsx", town.areas


def empty_ledger(town: Town, folder: Path) -> tuple[Path, Path]:
    """Name a ledger with nothing in it."""
    (folder / "空.csv").write_text("", encoding="utf-8")
    return folder / "空.csv", town.areas


def ledger_without_names(town: Town, folder: Path) -> tuple[Path, Path]:
    """Name a ledger with counts but no name column."""
    (folder / "无名.csv").write_text("正式党员数,预备党员数\n3,0\n", encoding="utf-8")
    return folder / "无名.csv", town.areas


def no_townships(town: Town, folder: Path) -> tuple[Path, Path]:
    """Name areas that lack the one layer that is needed."""
    shutil.copytree(town.areas, folder / "areas")
    (folder / "areas" / "townships.geojson").unlink()
    return town.ledger, folder / "areas"


def townships_without_crs(town: Town, folder: Path) -> tuple[Path, Path]:
    """Name areas whose townships don't say where on earth they are."""
    (folder / "areas").mkdir()
    townships = gpd.read_file(town.areas / "townships.geojson").set_crs(None, allow_override=True)
    townships.to_parquet(folder / "areas" / "townships.parquet")
    return town.ledger, folder / "areas"


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (no_such_ledger, "没有.xlsx"),
        (empty_ledger, "空.csv"),
        (ledger_without_names, "--column"),
        (no_townships, "townships"),
        (townships_without_crs, "townships"),
    ],
)
def test_bad_input_as_a_whole_is_told_and_nothing_is_written(
    lxgeo: Run,
    town: Town,
    tmp_path: Path,
    make: Callable[[Town, Path], tuple[Path, Path]],
    words: str,
) -> None:
    """Exit 1, a sentence that names what is at fault, no traceback, no folder."""
    ledger, areas = make(town, tmp_path)
    said = lxgeo("plan", ledger, "--areas", areas, "--out", tmp_path / "out")

    assert said.code == 1
    assert words in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_faulty_rows_are_outcomes_and_the_run_goes_on(
    lxgeo: Run, town: Town, tmp_path: Path
) -> None:
    """Members below zero, coordinates elsewhere, no address: each row ends with its reason."""
    ledger = tmp_path / "坏行.csv"
    ledger.write_text(
        "单位名称,地址,正式党员数,经度,纬度\n"
        "负数公司,甲街道,-2,,\n远方公司,甲街道,1,120,30\n无址公司,,1,,\n空白公司,甲街道,,,\n",
        encoding="utf-8",
    )
    said = lxgeo("plan", ledger, "--areas", town.areas, "--out", tmp_path / "out")
    units = pd.read_csv(tmp_path / "out/坏行/units.csv", dtype=str).set_index("name")

    assert said.code == 0
    assert units["outcome"].to_dict() == {
        "负数公司": "unknown_members",
        "远方公司": "not_located",
        "无址公司": "not_located",
        "空白公司": "unknown_members",
    }
    assert units["reason"].str.len().min() > 5


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["plan"], "缺少参数 LEDGER"),
        (["plan", "x.csv"], "缺少参数 --areas"),
        (["plan", "x.csv", "--areas"], "选项 --areas 后面要写明取值"),
        (["plan", "x.csv", "--absent"], "没有选项 --absent"),
        (["plan", "--areas", "y", "--columm", "a=b"], "没有选项 --columm，是否为 --column"),
        (["plan", "x.csv", "--blank-is-zero=1"], "选项 --blank-is-zero 后面不写取值"),
        (
            ["plan", "x.csv", "--areas", "y", "--column", "name"],
            "参数 --column 的值不对：name（FIELD=HEADER）",
        ),
        (
            ["plan", "x.csv", "--areas", "y", "--effort", "most"],
            "参数 --effort 的值不对：只能是 fast、standard、best",
        ),
        (
            ["plan", "x.csv", "--areas", "y", "--workers", "0"],
            "参数 --workers 的值不对：应为整数，不小于 1",
        ),
        (["plan", "x.csv", "--areas", "y", "--seed", "一"], "参数 --seed 的值不对：应为整数"),
        (["site", "run", "--walk-min", "0"], "参数 --walk-min 的值不对：应为数，大于 0"),
        (["policy", "list", "national"], "多出了参数 national"),
        (["publish", "run"], "请加 --public"),
        (["plann"], "没有命令 plann"),
    ],
)
def test_wrong_usage_is_told_with_exit_2(lxgeo: Run, args: list[str], told: str) -> None:
    """What is missing or misspelt is named, in Chinese, and where to read on."""
    said = lxgeo(*args)

    assert said.code == 2
    assert said.err.startswith(told)
    assert "用法见 lxgeo" in said.err


def test_an_unknown_policy_is_told(lxgeo: Run, town: Town) -> None:
    """The known ones are listed."""
    said = lxgeo("plan", town.ledger, "--areas", town.areas, "--policy", "nowhere")

    assert said.code == 1
    assert "national" in said.err


def test_help_speaks_both_languages(lxgeo: Run) -> None:
    """Chinese by default, English when asked."""
    zh = lxgeo("plan", "--help").out
    en = lxgeo("plan", "--lang", "en", "--help").out

    assert zh.startswith("用法：lxgeo plan [选项] LEDGER...")
    assert re.search(r"--out PATH +结果文件夹  \[默认：outputs\]", zh)
    assert re.search(r"--areas PATH +.*\[必填\]", zh)
    assert en.startswith("Usage: lxgeo plan [OPTIONS] LEDGER...")
    assert re.search(r"--out PATH +folder of results  \[default: outputs\]", en)


def test_the_commands_are_listed_in_both_languages(lxgeo: Run) -> None:
    """With one line each, and headings of the same language."""
    zh, en = lxgeo("--help").out, lxgeo("--help", "--lang", "en").out

    assert re.search(r"^命令:\n.*^  verify +独立核验", zh, re.MULTILINE | re.DOTALL)
    assert re.search(r"^Commands:\n.*^  verify +check a", en, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^[A-Z][a-z]+:", zh, re.MULTILINE) == []


def test_policies_are_listed_and_shown(lxgeo: Run) -> None:
    """Every setting with its value and meaning."""
    assert "national" in lxgeo("policy", "list").out
    shown = lxgeo("policy", "show", "national").out
    assert "joint_max_units" in shown
    assert "联合党支部覆盖单位上限" in shown


def test_check_names_the_rows_that_a_person_must_settle(lxgeo: Run, tmp_path: Path) -> None:
    """Exit 1 with the row and what stands there; a clean ledger ends with 0."""
    clean, dirty = tmp_path / "好.csv", tmp_path / "脏.csv"
    clean.write_text("单位名称,地址,正式党员数,预备党员数\n甲公司,甲街道,3,0\n", encoding="utf-8")
    dirty.write_text("单位名称,地址,正式党员数\n甲公司,甲街道,若干\n", encoding="utf-8")

    assert lxgeo("check", clean).code == 0
    said = lxgeo("check", dirty)
    assert said.code == 1
    assert "脏!2" in said.out
    assert "若干" in said.out


def test_locate_writes_positions_with_their_precision(
    lxgeo: Run, town: Town, tmp_path: Path
) -> None:
    """Nine units: eight with given coordinates, one known by its township only."""
    target = tmp_path / "located.parquet"
    said = lxgeo("locate", town.ledger, "--areas", town.areas, "-o", target)
    located = gpd.read_parquet(target)

    assert said.code == 0
    assert located["precision"].value_counts().to_dict() == {"given": 8, "township": 1}
    assert located.geometry.isna().sum() == 1


def test_addresses_become_json_lines(lxgeo: Run, tmp_path: Path) -> None:
    """One JSON a line, with offsets into the text as given; hostile text stays text."""
    lines = tmp_path / "地址.txt"
    lines.write_text("深圳市福田区沙头街道泰然四路29号\n{{7*7}}\n", encoding="utf-8")
    said = lxgeo("address", lines)
    first, second = map(json.loads, said.out.splitlines())

    assert said.code == 0
    assert [part["label"] for part in first["parts"]] == [
        "city",
        "district",
        "town",
        "road",
        "roadno",
    ]
    assert all(first["text"][p["start"] : p["end"]] == p["text"] for p in first["parts"])
    assert (first["province"], first["township"]) == ("广东省", "沙头街道")
    assert second["text"] == "{{7*7}}"
    assert lxgeo("address", tmp_path / "没有.txt").code == 1


def test_addresses_come_in_either_encoding(lxgeo: Run, tmp_path: Path) -> None:
    """UTF-8 with a mark, and GBK as a Chinese Windows pipes it; a stray byte is one."""
    utf_8, gbk = "泰然四路29号\r\n".encode("utf-8-sig"), "沙头街道29号\r\n".encode("gbk")
    lines = tmp_path / "地址.txt"
    lines.write_bytes(utf_8 + gbk + b"\xff" + "福田区\n".encode())
    told = [json.loads(line)["text"] for line in lxgeo("address", lines).out.splitlines()]

    assert told == ["泰然四路29号", "沙头街道29号", "\ufffd福田区"]
