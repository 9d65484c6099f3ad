"""The report for a superior: what it says, that it is safe, and that other programs read it."""

from __future__ import annotations

import io
from dataclasses import replace
from math import cos, radians
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image
from town_plan import lonlat

from lxgeo.errors import InputError
from lxgeo.model import Matter, Reason, Rule
from lxgeo.publish import Record, Release
from lxgeo.publish.lists.papers import Papers
from lxgeo.publish.report import picture as picture_module
from lxgeo.publish.report import write_report
from lxgeo.publish.report.content import Section, sections
from lxgeo.publish.report.picture import picture

RECORD = Record(versions={"lxgeo": "0.1.0"}, inputs={"C:\\data\\九家.xlsx": "ab" * 32})


def named(code: str) -> str:
    """Name a rule, as the text room does."""
    return {"no_partner_in_reach": "附近没有可联合的单位"}[code]


def parts_of(release: Release) -> dict[str, Section]:
    """Return the report's sections by what they are about."""
    keys = ("overall", "townships", "branches", "left_out", "matters", "made_of")
    return dict(zip(keys, sections(Papers(release), RECORD, named), strict=True))


def test_townships_before_and_after(release: Release) -> None:
    """甲街道: 7 units, 6 with members, none organised, then 4; 乙镇: one of two, then both."""
    grid = parts_of(release)["townships"].grid
    assert grid is not None

    assert grid.rows == (
        ("甲街道", 7, 6, 0, 4, "0.0%", "57.1%"),
        ("乙镇", 2, 2, 1, 2, "50.0%", "100.0%"),
        ("合计", 9, 8, 1, 6, "11.1%", "66.7%"),
    )


def test_branches_and_who_is_left_out(release: Release) -> None:
    """One joint branch of three units and full members over 400 m; U8 with its reason in words."""
    parts = parts_of(release)

    assert parts["branches"].grid is not None
    assert parts["branches"].grid.rows == (("楼宇联建", 1, 3, 3, 400), ("合计", 1, 3, 3, 400))
    assert parts["left_out"].grid is not None
    assert parts["left_out"].grid.rows == (("附近没有可联合的单位", 1),)


def test_it_says_what_it_was_made_of(release: Release) -> None:
    """Rules, seed, cost and bound, and the inputs' hashes without the folder they lay in."""
    said = "\n".join(parts_of(release)["made_of"].paragraphs)

    assert "随机种子 0" in said
    assert "方案成本 15,125 米，可证明的下界 15,125 米" in said
    assert "九家.xlsx abababababababab" in said
    assert "C:" not in said


def test_matters_for_a_superior_are_named(release: Release) -> None:
    """Each with its sentence; without any, that is said."""
    assert parts_of(release)["matters"].paragraphs == ("没有需上级决定的事项。",)
    matter = Matter("building", "B1", "创业大厦", (), (), 3, 0, Reason(Rule.BODIES_APART))
    plan = replace(release.plan, matters=(matter,))
    asked = replace(release, plan=plan, matters=("是否由一方牵头？",))

    assert parts_of(asked)["matters"].paragraphs == (
        "共 1 项，收益最大的如下：", "1. 创业大厦：是否由一方牵头？",
    )  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, hostile: Release) -> tuple[Path, Path]:
    """Return the report on the town with hostile names: document and page."""
    plan = hostile.plan
    matter = Matter("unit", "U4", "</script><script>alert(1)</script>", (), (), 1, 0,
                    Reason(Rule.BODIES_APART))  # fmt: skip
    asked = replace(hostile, plan=replace(plan, matters=(matter,)), matters=("{{7*7}}<img src=x>",))
    return write_report(tmp_path_factory.mktemp("report"), "九家<b>", asked, RECORD, named)


def test_word_reads_it(files: tuple[Path, Path]) -> None:
    """A4, six headings, three tables and the map; hostile text is text; marked on every page."""
    paper = docx.Document(str(files[0]))
    text = [each.text for each in paper.paragraphs]

    assert paper.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
    assert [each[:2] for each in text if each[1:2] == "、"] == [f"{n}、" for n in "一二三四五六"]
    assert len(paper.tables) == 3
    assert len(paper.inline_shapes) == 1
    assert "1. </script><script>alert(1)</script>：{{7*7}}<img src=x>" in text
    assert paper.sections[0].footer.paragraphs[0].text == "内部资料 · 测算建议，以党委审批为准"


def test_the_page_loads_and_runs_nothing(files: tuple[Path, Path]) -> None:
    """Markup in names is escaped; no script, no address but the picture's own data."""
    html = files[1].read_text(encoding="utf-8")

    assert "<script" not in html
    assert "<img src=x" not in html
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in html
    assert "<h1>九家&lt;b&gt;" in html
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")
    assert "default-src 'none'" in html


def test_the_same_release_gives_the_same_bytes(release: Release, tmp_path: Path) -> None:
    """Both files, not a byte differs, and no day of today stands in the document."""
    first = [
        path.read_bytes() for path in write_report(tmp_path / "a", "九家", release, RECORD, named)
    ]
    again = [
        path.read_bytes() for path in write_report(tmp_path / "b", "九家", release, RECORD, named)
    ]

    assert first == again
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "report.docx",
        "report.html",
    ]


def _looks_like(image: Any, place: tuple[float, float], colour: str) -> bool:
    """Whether a place of the town has a colour; the town is 4 km wide, 30 pixels from the edge."""
    (west, south), (east, north) = lonlat(0, 0), lonlat(4000, 2000)
    lon, lat = lonlat(*place)
    scale = (1500 - 250 - 60) / (east - west)
    squeeze = cos(radians((south + north) / 2))
    at = (round(30 + (lon - west) * scale), round(30 + (north - lat) * scale / squeeze))
    wanted = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    # Making it smaller blends a little of the rim in.
    return all(abs(x - y) < 8 for x, y in zip(image.getpixel(at), wanted, strict=True))


def test_units_stand_in_the_picture_in_their_colours(release: Release) -> None:
    """U8 is left out, vermilion, in the north-west corner; U1 stands alone, sky blue."""
    drawn = picture(Papers(release))
    assert drawn is not None
    image = Image.open(io.BytesIO(drawn.png)).convert("RGB")

    assert _looks_like(image, (50, 1950), "d55e00")
    assert _looks_like(image, (300, 500), "56b4e9")
    assert _looks_like(image, (2500, 300), "ffffff")


def test_without_a_chinese_font_it_says_so(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No boxes instead of characters: no names at all, and the caption tells why."""
    monkeypatch.setattr(picture_module, "_FONTS", ("no-such-font.ttf",))
    _, html = write_report(tmp_path, "九家", release, RECORD, named)

    assert "本机没有中文字体，图上没有写地名和图例" in html.read_text(encoding="utf-8")


def test_a_place_that_can_not_be_written_is_told(release: Release, tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "x").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="不能写入"):
        write_report(tmp_path / "x", "九家", release, RECORD, named)
