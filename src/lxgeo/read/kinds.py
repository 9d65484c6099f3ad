"""What a file is: told by how it begins, not by what it calls itself."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from lxgeo.errors import LedgerError, Words
from lxgeo.read.guard import SAVE_AS, opened, refused

HEAD_BYTES = 4096
_PART_BYTES = 65_536


class Kind(StrEnum):
    """What a ledger can come as."""

    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old_workbook"
    OPEN_WORKBOOK = "open_workbook"
    WEB_PAGE = "web_page"
    LAYERS = "layers"
    TEXT = "text"


_WEB_PAGE = re.compile(
    rb"(?is)(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|table|head|meta|body|style|"
    rb".{0,2000}?(?:<html|<table|<!doctype html))"
)
_XML_WORKBOOK = re.compile(rb"(?s).{0,2000}urn:schemas-microsoft-com:office:spreadsheet")
_GEOJSON = re.compile(rb"(?s)(?:\xef\xbb\xbf)?\s*\{.{0,4000}?\"(?:FeatureCollection|features)\"")

_DROP = Words("请改用表格文件（.xlsx 或 .csv）", "use a table instead (.xlsx or .csv)")
_UNPACK = Words("请先解压，再选取其中的表格", "unpack it and name the table inside")
_TYPE = Words(
    "请把其中的表格复制到 WPS 表格或 Excel，另存为 .xlsx 后再试",
    "copy its table into WPS or Excel and save it as .xlsx",
)
_EXPORT = Words(
    "请在 GIS 软件中导出为 GeoPackage 或 .csv 后再试",
    "export it from a GIS as GeoPackage or .csv",
)

_NO_LEDGERS: tuple[tuple[bytes, str, str, Words], ...] = (
    (rb"%PDF", "这是 PDF 文件", "this is a PDF", _TYPE),
    (rb"\{\\rtf", "这是 RTF 文档", "this is an RTF document", _TYPE),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh\d|\xfd7zXZ", "这是压缩包", "this is an archive", _UNPACK),
    (
        rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP",
        "这是图片，里面的表格读不出来",
        "this is a picture: no table can be read from it",
        _DROP,
    ),
    (rb"\0\0\x27\x0a", "这是 Shapefile", "this is a Shapefile", _EXPORT),
    (
        rb"(?i)(?:mime-version|message-id|from):",
        "这是单一网页文件（.mht）",
        "this is a web archive (.mht)",
        SAVE_AS,
    ),
    (rb"\x7fELF|MZ.\0", "这是程序，不是表格", "this is a program, not a table", _DROP),
)

_PASSWORD = (
    "工作簿有打开密码",
    "the workbook has a password",
    Words("请取消密码后另存为 .xlsx 再试", "remove it and save as .xlsx"),
)
# What streams an OLE file holds, as its directory names them; the first that fits.
_STREAMS: tuple[tuple[str, str, str, Words], ...] = (
    ("EncryptedPackage", *_PASSWORD),
    ("WordDocument", "这是 Word 或 WPS 文字文档，不是表格", "this is a Word document", _TYPE),
    ("PowerPoint Document", "这是演示文稿，不是表格", "this is a slide show", _TYPE),
    ("__substg1.0_", "这是邮件，不是表格", "this is a mail, not a table", _DROP),
)

# The record that says "locked" stands right behind the beginning of the workbook's stream.
_LOCKED = re.compile(rb"(?s)\x09\x08\x10\0\0[\x05\x06].{14}(?:\x86\0\0\0)?\x2f\0.\0")

_PARTS: tuple[tuple[str, str, str, Words], ...] = (
    ("word/document.xml", "这是 Word 文档，不是表格", "this is a Word document", _TYPE),
    ("ppt/presentation.xml", "这是演示文稿，不是表格", "this is a slide show", _TYPE),
    ("OFD.xml", "这是 OFD 版式文件，不是表格", "this is an OFD document", _TYPE),
    ("xl/workbook.bin", "这是二进制工作簿（.xlsb）", "this is a binary workbook (.xlsb)", SAVE_AS),
    ("Index/Document.iwa", "这是 Numbers 表格", "this is a Numbers file", SAVE_AS),
    ("doc.kml", "这是 KMZ 文件", "this is a KMZ file", _EXPORT),
)


def kind_of(path: Path, head: bytes) -> Kind:
    """Return what a file is.

    Parameters
    ----------
    path
        The file.
    head
        Its first `HEAD_BYTES` bytes.

    Raises
    ------
    LedgerError
        Something that no ledger comes as: in one sentence, with what to do.
    """
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _old(path)
    if head.startswith(b"PAR1") or _GEOJSON.match(head):
        return Kind.LAYERS
    if head.startswith(b"SQLite format 3"):
        return _base(path, head)
    for pattern, zh, en, then in _NO_LEDGERS:
        if re.match(pattern, head, re.DOTALL):
            raise refused(path, zh, en, then)
    if _XML_WORKBOOK.match(head):
        raise refused(path, "这是 XML 表格（2003 版）", "this is an XML spreadsheet of 2003")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.decode("utf-16", errors="ignore").encode()
    return Kind.WEB_PAGE if _WEB_PAGE.match(head) else Kind.TEXT


def _packed(path: Path) -> Kind:
    """Return which workbook a zip archive is."""
    with opened(path) as archive:
        names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return Kind.WORKBOOK
    for part, zh, en, then in _PARTS:
        if part in names:
            raise refused(path, zh, en, then)
    if "content.xml" in names and "mimetype" in names:
        return _open_document(path)
    if any(name.lower().endswith((".xlsx", ".xls", ".csv", ".et")) for name in names):
        raise refused(path, "这是压缩包", "this is an archive", _UNPACK)
    raise refused(path, "压缩包里没有工作簿", "the archive holds no workbook")


def _open_document(path: Path) -> Kind:
    with opened(path) as archive:
        said = _beginning(archive, "mimetype")
        locked = b"encryption-data" in _beginning(archive, "META-INF/manifest.xml")
    if locked:
        raise _locked(path)
    if said.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.OPEN_WORKBOOK
    raise refused(
        path,
        "这是 OpenDocument 文件，但不是表格",
        "this is an OpenDocument file, but no table",
        _TYPE,
    )


def _beginning(archive: zipfile.ZipFile, part: str) -> bytes:
    """Return how a part begins; nothing where it isn't there."""
    if part not in archive.NameToInfo:
        return b""
    with archive.open(part) as file:
        return file.read(_PART_BYTES)


def _old(path: Path) -> Kind:
    """Return whether an OLE file is a workbook: .xls, and .et of WPS."""
    data = path.read_bytes()
    for stream, zh, en, then in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise refused(path, zh, en, then)
    if _LOCKED.search(data):
        raise _locked(path)
    if any(name.encode("utf-16-le") + b"\0\0" in data for name in ("Workbook", "Book")):
        return Kind.OLD_WORKBOOK
    raise refused(
        path, "这是旧版格式，里面没有工作簿", "this is an old format that holds no workbook"
    )


def _base(path: Path, head: bytes) -> Kind:
    """Return that a database is a GeoPackage, whole as it lies there."""
    if head[68:72] not in {b"GPKG", b"GP10", b"GP11"}:
        raise refused(path, "这是数据库文件", "this is a database", _EXPORT)
    pending = path.with_name(path.name + "-wal")
    if pending.is_file() and pending.stat().st_size:
        raise refused(
            path,
            "GeoPackage 正被其他软件打开，还有未写入的修改",
            "the GeoPackage is open elsewhere, with changes not yet written",
            Words("请在 GIS 软件中关闭它后再试", "close it in the GIS and try again"),
        )
    return Kind.LAYERS


def _locked(path: Path) -> LedgerError:
    return refused(path, *_PASSWORD)
