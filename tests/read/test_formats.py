"""The same ledger, whatever it comes as: one file or many."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from same_ledger import DATA, FORMATS, write

from lxgeo.errors import LedgerError
from lxgeo.ledger import Sheet, clean
from lxgeo.read import files_of, read_cells

MERGES = ((1, 1, 1, 5), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4), (2, 5, 3, 5), (4, 4, 5, 4))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Return the LEDGER of the .xlsx, its counts worked out by hand."""
    ledger, _ = clean(read_cells(write("台账.xlsx", tmp_path_factory.mktemp("xlsx"))))

    assert ledger["row"].tolist() == ["台账!2", "台账!3", "台账!4"]
    assert ledger["full_members"].tolist() == [2, 3, 1]
    assert ledger["probationary_members"].tolist() == [1, 0, 0]
    assert ledger["staff"].tolist() == [35, 8, 50]
    assert ledger["lon_in"].tolist() == [113.746262, 113.751765, 113.79]
    assert ledger["datum_in"].tolist() == ["wgs84"] * 3
    return ledger


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_ledger_in_every_format(tmp_path: Path, expected: pd.DataFrame, form: str) -> None:
    """Row for row, value for value, finding for finding; positions out of any CRS."""
    ledger, _ = clean(read_cells(write(form, tmp_path)))

    pd.testing.assert_frame_equal(
        ledger.drop(columns="findings"), expected.drop(columns="findings")
    )
    assert list(map(repr, ledger["findings"])) == list(map(repr, expected["findings"]))


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".et", ".ods"])
def test_merges_and_hidden_sheets_of_every_workbook(tmp_path: Path, suffix: str) -> None:
    """Merged ranges reach the LEDGER: two header levels, a village over two rows."""
    path = tmp_path / f"merged{suffix}"
    shutil.copy(DATA / f"merged{'.xls' if suffix == '.et' else suffix}", path)

    first, hidden = read_cells(path)
    ledger, _ = clean([first, hidden])

    assert (first.name, first.merges, hidden) == (
        "南城街道",
        MERGES,
        Sheet("字典", (("是",),), hidden=True),
    )
    assert ledger["full_members"].tolist() == [2, 1, 1]
    assert ledger["village_named"].tolist() == ["新城社区", "新城社区", "篁村社区"]


def test_a_sheet_named_by_a_number_keeps_its_name(tmp_path: Path) -> None:
    """2023 is a sheet's name; only the tables of a web page are numbered after their file."""
    path = tmp_path / "台账.ods"
    with zipfile.ZipFile(DATA / "merged.ods") as book, zipfile.ZipFile(path, "w") as copy:
        for part in book.namelist():
            copy.writestr(part, book.read(part).replace("南城街道".encode(), b"2023"))

    assert [sheet.name for sheet in read_cells(path)] == ["2023", "字典"]


def test_a_folder_is_one_ledger(tmp_path: Path) -> None:
    """Every file of it, in order of name, folders within included; leftovers are none."""
    (tmp_path / "街道").mkdir()
    (tmp_path / "街道" / "b.csv").write_text("单位名称,地址\n兴旺,东街\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("单位名称,地址\n宏达,西街\n", encoding="utf-8")
    shutil.copy(DATA / "ledger.xls", tmp_path / "c.et")
    for name in ("~$c.et", ".~lock.a.csv#", "Thumbs.db", "c.bak", ".DS_Store"):
        (tmp_path / name).write_bytes(b"\x00\x01")

    sheets = read_cells(tmp_path)

    assert [(sheet.source, sheet.name) for sheet in sheets] == [
        ("a.csv", "a"),
        ("c.et", "台账"),
        ("街道/b.csv", "b"),
    ]
    assert len(clean(sheets)[0]) == 5
    assert list(files_of(tmp_path)) == ["a.csv", "c.et", "街道/b.csv"]


def test_several_files_are_one_ledger(tmp_path: Path) -> None:
    """In the order given; files of one name in two folders are told apart."""
    paths = [tmp_path / "东" / "a.csv", tmp_path / "西" / "a.csv"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"单位名称\n{path.parent.name}\n", encoding="utf-8")

    sheets = read_cells(paths)

    assert [sheet.source for sheet in sheets] == ["a.csv", str(paths[1])]
    assert [sheet.rows[1][0] for sheet in sheets] == ["东", "西"]


def test_one_file_has_no_source(tmp_path: Path) -> None:
    """Where there is nothing to tell apart, nothing is told: in a list and in a folder too."""
    path = tmp_path / "a.csv"
    path.write_text("单位名称\n宏达\n", encoding="utf-8")

    assert [read_cells(each)[0].source for each in (path, [path], tmp_path)] == ["", "", ""]


def test_no_file_of_a_folder_is_left_out_in_silence(tmp_path: Path) -> None:
    """Every file that can't be read is told, at once."""
    (tmp_path / "a.csv").write_text("单位名称\n宏达\n", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04")

    with pytest.raises(LedgerError) as caught:
        read_cells(tmp_path)

    assert [fault.zh.split("；")[0] for fault in caught.value.faults] == [
        "b.pdf：这是 PDF 文件",
        "c.xlsx：工作簿已损坏（文件不完整）",
    ]


def test_a_file_named_twice_is_told(tmp_path: Path) -> None:
    """Its units would all be duplicates."""
    path = tmp_path / "a.csv"
    path.write_text("单位名称\n宏达\n", encoding="utf-8")

    with pytest.raises(LedgerError, match="重复给出"):
        read_cells([path, tmp_path / ".." / tmp_path.name / "a.csv"])
    with pytest.raises(LedgerError, match="没有给出"):
        read_cells([])


@pytest.mark.parametrize("address", ["mysql://li:hunter2@db/hr", "https://li:hunter2@a.cn/b.xlsx"])
def test_an_address_is_no_file_and_its_password_is_not_told(address: str) -> None:
    """Only PostgreSQL is read over a network, and by another door."""
    with pytest.raises(LedgerError, match="这是网络地址") as caught:
        read_cells(Path(address))

    assert all("hunter2" not in text for fault in caught.value.faults for text in fault)


def _zip(*names: str) -> bytes:
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "application/vnd.oasis.opendocument.text")
    return file.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0\0"


def _locked_xls() -> bytes:
    """Return an .xls with a password: its first record after the beginning says so (FILEPASS)."""
    data = (DATA / "merged.xls").read_bytes()
    begin = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    after = begin + 4 + 16
    return data[:after] + b"\x2f\x00\x02\x00\x01\x00" + data[after + 6 :]


def _locked_ods() -> bytes:
    import io

    file = io.BytesIO(_zip("mimetype", "content.xml"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "what", "then"),
    [
        (b"%PDF-1.7 ...", "这是 PDF 文件", "另存为 .xlsx"),
        (b"{\\rtf1", "这是 RTF 文档", "另存为 .xlsx"),
        (b"Rar!\x1a\x07", "这是压缩包", "解压"),
        (b"7z\xbc\xaf\x27\x1c", "这是压缩包", "解压"),
        (b"\x1f\x8b\x08\0", "这是压缩包", "解压"),
        (_zip("台账.xlsx", "说明.txt"), "这是压缩包", "解压"),
        (_zip("readme.txt"), "压缩包里没有工作簿", "另存为 .xlsx"),
        (b"\xff\xd8\xff\xe0JFIF", "这是图片", "改用表格文件"),
        (b"\x89PNG\r\n\x1a\n", "这是图片", "改用表格文件"),
        (_zip("word/document.xml"), "这是 Word 文档", "另存为 .xlsx"),
        (_zip("ppt/presentation.xml"), "这是演示文稿", "另存为 .xlsx"),
        (_zip("OFD.xml"), "这是 OFD 版式文件", "另存为 .xlsx"),
        (_zip("xl/workbook.bin"), "二进制工作簿", "另存为 .xlsx"),
        (_zip("mimetype", "content.xml"), "不是表格", "另存为 .xlsx"),
        (_locked_ods(), "密码", "取消密码"),
        (_locked_xls(), "密码", "取消密码"),
        (_ole("EncryptedPackage"), "密码", "取消密码"),
        (_ole("WordDocument"), "WPS 文字文档", "另存为 .xlsx"),
        (_ole("PowerPoint Document"), "演示文稿", "另存为 .xlsx"),
        (_ole("Other"), "旧版格式，里面没有工作簿", "另存为 .xlsx"),
        (b"SQLite format 3\0" + b"\0" * 90, "这是数据库文件", "GeoPackage"),
        (b"\0\0\x27\x0a" + b"\0" * 90, "这是 Shapefile", "GeoPackage"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "单一网页文件", "另存为 .xlsx"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "XML 表格（2003 版）",
            "另存为 .xlsx",
        ),
    ],
)
def test_what_can_not_be_read_is_told_in_one_sentence(
    tmp_path: Path, data: bytes, what: str, then: str
) -> None:
    """What it is, and what to do; whatever it calls itself."""
    path = tmp_path / "台账.xls"
    path.write_bytes(data)

    with pytest.raises(LedgerError) as caught:
        read_cells(path)

    (fault,) = caught.value.faults
    assert what in fault.zh
    assert then in fault.zh.partition(what)[2]
    assert fault.en.startswith("台账.xls: ")
