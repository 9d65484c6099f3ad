"""The documentation as pages that open from a disk, and the page that a user sees first."""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bundling.target import Target

CARRIED = Path(__file__).parent / "carried"
_ELSEWHERE = re.compile(r"^[a-z]+:")
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’]")
# What stands on the first page, in the order in which a planner needs it.
FIRST = ("install", "check", "ledgers", "areas", "planning", "policy", "pins", "whatif", "export",
         "security")  # fmt: skip


def filled(name: str, words: Mapping[str, str]) -> str:
    """Return a carried file with its @WORDS@ filled in."""
    text = (CARRIED / name).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)


def sources(root: Path) -> dict[str, Path]:
    """Return the pages of the documentation: name in the bundle → Markdown file."""
    found = {path.stem: path for path in sorted((root / "docs").glob("*.md"))}
    return found | {
        "readme": root / "README.md",
        "readme-en": root / "README.en.md",
        "changelog": root / "CHANGELOG.md",
        "areas": root / "data" / "boundaries" / "README.md",
    }


def pages(root: Path, words: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield every page and every picture that one shows.

    Links lead to pages of the bundle; what a link would lose here (source files) is plain text.
    """
    named = sources(root)
    where = {path.resolve(): f"{name}.html" for name, path in named.items()}
    where[(root / "LICENSE").resolve()] = "licence.html"
    pictures: dict[Path, str] = {}
    for name, path in named.items():
        # A reader of the bundle has the command itself, not the developer's environment.
        text = path.read_text(encoding="utf-8").replace(".venv/bin/lxgeo", "lxgeo")
        tokens = _reader().parse(text)
        for token in tokens:
            if token.type == "inline":
                linked = list(_linked(token.children or [], path, where, pictures))
                token.children = list(_joined(linked))
        _anchored(tokens)
        reader = _reader()
        body = reader.renderer.render(tokens, reader.options, {})
        body = body.replace("<table>", '<div class="wide"><table>')
        body = body.replace("</table>", "</table></div>")
        yield f"docs/{name}.html", _page(_title(tokens), body, words, "-en" in name)
    for path, name in sorted(pictures.items(), key=lambda each: each[1]):
        yield f"docs/{name}", path.read_bytes()
    licence = html.escape((root / "LICENSE").read_text(encoding="utf-8"))
    yield "docs/licence.html", _page("LICENSE", f"<pre>{licence}</pre>", words, english=True)


def start(root: Path, target: Target, words: Mapping[str, str]) -> bytes:
    """Return the page to open first."""
    system = "windows" if target.windows else "linux"
    own = json.loads((CARRIED / f"start.{system}.json").read_text(encoding="utf-8"))
    named = sources(root)
    shown = [(each, _title(_reader().parse(named[each].read_text("utf-8")))) for each in FIRST]
    links = [f'<li><a href="docs/{e}.html">{html.escape(t)}</a></li>' for e, t in shown]
    links.append('<li lang="en"><a href="docs/readme-en.html">In English</a></li>')
    return filled("start.html", {**words, **own, "PAGES": "\n".join(links)}).encode()


def _reader() -> MarkdownIt:
    """Return a reader that takes tables and lets no raw HTML through."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _page(title: str, body: str, words: Mapping[str, str], english: bool) -> bytes:  # noqa: FBT001
    lang = "en" if english else "zh-CN"
    own = {**words, "TITLE": html.escape(title), "BODY": body, "LANG": lang}
    return filled("page.html", own).encode()


def _title(tokens: list[Token]) -> str:
    first = next(place for place, token in enumerate(tokens) if token.type == "heading_open")
    parts = tokens[first + 1].children or []
    return "".join(each.content for each in parts if each.type in {"text", "code_inline"})


def _anchored(tokens: list[Token]) -> None:
    """Give each heading the name that links within the documentation use."""
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[place + 1].content.strip().lower()
            token.attrSet("id", re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", text)))


def _linked(
    tokens: list[Token], page: Path, where: Mapping[Path, str], pictures: dict[Path, str]
) -> Iterator[Token]:
    """Yield a line's parts with links and pictures as they stand in the bundle."""
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "image":
            source = (page.parent / str(token.attrs["src"])).resolve()
            pictures[source] = posixpath.join("images", source.name)
            token.attrSet("src", pictures[source])
        elif token.type == "link_open":
            goal = _goal(str(token.attrs["href"]), page, where)
            dropped.append(goal is None)
            if goal is None:
                continue
            token.attrSet("href", goal)
        elif token.type == "link_close" and dropped.pop():
            continue
        yield token


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """Yield a line's parts without the line breaks of the source where Chinese has no space."""
    for place, token in enumerate(tokens):
        if token.type == "softbreak":
            before = "".join(each.content for each in tokens[:place])[-1:]
            after = "".join(each.content for each in tokens[place + 1 :])[:1]
            if _CHINESE.match(before) or _CHINESE.match(after):
                continue
        yield token


def _goal(link: str, page: Path, where: Mapping[Path, str]) -> str | None:
    """Return where a link leads in the bundle; nowhere for what is not carried."""
    file, _, part = link.partition("#")
    if _ELSEWHERE.match(link) or not file:
        return link
    name = where.get((page.parent / file).resolve())
    return name if name is None or not part else f"{name}#{part}"
