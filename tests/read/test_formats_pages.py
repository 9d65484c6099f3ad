"""Web pages that call themselves .xls: what of them is a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from lxgeo.errors import LedgerError
from lxgeo.ledger import Sheet, clean
from lxgeo.read import read_cells


def page(folder: Path, body: str, encoding: str = "utf-8") -> tuple[Sheet, ...]:
    """Read a page of a body."""
    path = folder / "台账.xls"
    path.write_bytes(f"<html><head><title>题</title></head><body>{body}</body>".encode(encoding))
    return read_cells(path)


def test_spans_are_merges(tmp_path: Path) -> None:
    """Cells to the right and below move aside, as a browser shows them."""
    (sheet,) = page(
        tmp_path,
        "<table><tr><th colspan=4>台账<tr><td rowspan=2>单位名称<td colspan='2'>党员情况"
        "<td rowspan=2>街道<tr><td>正式<td>预备</tr>"
        "<tr><td>宏达<td>2<td>1<td rowspan='2'>南城街道<tr><td>兴旺<td>1<td>0</table>",
    )

    assert sheet.rows == (
        ("台账", None, None, None),
        ("单位名称", "党员情况", None, "街道"),
        (None, "正式", "预备"),
        ("宏达", "2", "1", "南城街道"),
        ("兴旺", "1", "0"),
    )
    assert sheet.merges == ((1, 1, 1, 4), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4), (4, 4, 5, 4))
    assert clean([sheet])[0]["full_members"].tolist() == [2, 1]
    assert clean([sheet])[0]["township_named"].tolist() == ["南城街道", "南城街道"]


def test_only_what_a_reader_sees_is_text(tmp_path: Path) -> None:
    """Line breaks are kept, spaces are not; scripts, styles and comments say nothing."""
    (sheet,) = page(
        tmp_path,
        "<table><tr><td> 党员<br>人数 </td><td>&nbsp;&lt;b&gt;&amp;amp;</td>"
        "<td><script>alert(1)</script><style>x</style><!-- y --></td>"
        "<td><p>一</p><p>二</p></td><td>a\n  b</td></tr></table>",
    )

    assert sheet.rows == (("党员\n人数", "<b>&amp;", None, "一\n二", "a b"),)


def test_a_table_in_a_cell_is_text_of_that_cell(tmp_path: Path) -> None:
    """Layout within a cell makes no rows."""
    (sheet,) = page(
        tmp_path,
        "<table><tr><td>甲<table><tr><td>乙</td></tr></table></td><td>丙</td></tr></table>",
    )

    assert [tuple(str(cell).split()) for cell in sheet.rows[0]] == [("甲乙",), ("丙",)]


def test_each_table_is_a_sheet(tmp_path: Path) -> None:
    """Numbered where there are several; a table of nothing is none."""
    sheets = page(
        tmp_path,
        "<table><tr><td>1</table><table><tr><td> </table><table><tr><td>2</table>",
    )

    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("台账-1", (("1",),)),
        ("台账-2", (("2",),)),
    ]


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("utf-8", ""), ("gb18030", ""), ("utf-8-sig", "gb2312"), ("utf-16", ""), ("gbk", "utf-8")],
)
def test_encodings_told_wrongly_or_not_at_all(tmp_path: Path, encoding: str, charset: str) -> None:
    """The bytes decide: what a page says of itself is tried first, no more."""
    (sheet,) = page(
        tmp_path,
        f"<meta charset='{charset}'><table><tr><td>单位名称</td></tr></table>",
        encoding,
    )

    assert sheet.rows == (("单位名称",),)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>没有", "这是网页，里面没有表格"),
        ("<frameset><frame src='sheet001.htm'></frameset>", "框架网页"),
        ("<table>" + "<tr><td colspan=900>a<td colspan=900>b", "第 1 行列数过多"),
        ("<table><tr><td>" + "x" * 40_000, "第 1 行有单元格文字过长"),
    ],
)
def test_pages_that_are_no_ledgers(tmp_path: Path, body: str, words: str) -> None:
    """One sentence each."""
    with pytest.raises(LedgerError, match=words):
        page(tmp_path, body)
