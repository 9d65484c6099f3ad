"""The map page as a file: nothing to fetch, nothing to run but our own code, the same each time."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import html as markup
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pytest
import shapely
from map_data import parts, unpack
from map_town import PAYLOADS, Hostile, town

import lxgeo.publish.map
from lxgeo.errors import Lang, TableError
from lxgeo.model import Level, Line, Mode, OperatingStatus, Outcome, Precision
from lxgeo.policy import Policy
from lxgeo.publish.map import MapLayers, draw_map
from lxgeo.publish.map.assets import asset, bundle, modules
from lxgeo.publish.map.content import UNBUILT
from lxgeo.publish.map.coverage import coverage_notes
from lxgeo.publish.map.order import drawing_order, drawn
from lxgeo.publish.map.shapes import DRAWN, tints
from lxgeo.publish.map.words import words
from lxgeo.publish.palette import LOOKS
from lxgeo.tables import CRS, HOTSPOTS, BranchStatus
from lxgeo.text import texts

ASSETS = Path(lxgeo.publish.map.__file__).parent / "assets"


class Elements(HTMLParser):
    """All elements of a page with their attributes, and the code of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the code of a script or style that the browser would run."""
        if not self.found:
            return
        tag, attrs = self.found[-1]
        if tag in {"script", "style"} and "type" not in attrs and data.strip():
            self.code.append((tag, data))


@pytest.fixture(scope="module")
def page() -> str:
    """Return the town's page."""
    return draw_map(town(), title="江滨区组建方案").html


def test_nothing_is_fetched(page: str) -> None:
    """No element names an address, no style or script of ours loads one."""
    elements = Elements(page)

    assert not [
        (tag, attrs)
        for tag, attrs in elements.found
        if {"src", "href", "srcset", "data", "action", "poster"} & attrs.keys()
        or tag in {"link", "img", "iframe", "object", "embed", "base"}
    ]
    styles = "".join(code for tag, code in elements.code if tag == "style")
    assert "url(" not in styles
    assert "@import" not in styles
    ours = bundle() + asset("js/guard.js")
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", ours)
    assert not re.findall(r"\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket|\bimportScripts", ours)
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(", ours)


def test_policy_stands_first_and_names_every_script_and_style(page: str) -> None:
    """The Content-Security-Policy precedes all code and its hashes are those of the page's code."""
    elements = Elements(page)
    tags = [tag for tag, _ in elements.found]
    metas = [attrs for tag, attrs in elements.found if tag == "meta"]
    policy = next(each["content"] for each in metas if "http-equiv" in each) or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    assert tags[:4] == ["html", "head", "meta", "meta"]
    assert metas[1]["http-equiv"] == "Content-Security-Policy"
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        hashes = [
            "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"
            for each, code in elements.code
            if each == tag
        ]
        assert sorted(rules[rule].split()) == sorted(hashes)
        assert len(hashes) > 3


def test_no_event_handlers_in_the_markup(page: str) -> None:
    """No element carries code or style in an attribute."""
    names = {name for _, attrs in Elements(page).found for name in attrs}

    assert not [name for name in names if name.startswith("on")]
    assert "style" not in names


def test_same_layers_same_bytes() -> None:
    """The same input twice gives the same page, though folium draws ids by lot."""
    assert draw_map(town(), title="方案").html == draw_map(town(), title="方案").html


def test_hostile_text_stays_data_while_written() -> None:
    """No payload is evaluated or put into the markup; in the block each stands as given."""
    say = Hostile()
    title = " ".join(PAYLOADS)
    page = draw_map(town(say), title=title).html
    core, text = (unpack(part) for part in parts(page))
    outside = re.sub(r'(?s)<script type="text/plain".*?</script>', "", page)
    title_element = re.search(r"(?s)<title>(.*?)</title>", outside)
    assert title_element is not None

    assert markup.unescape(title_element[1]) == title
    assert core[0]["title"] == title
    rest = outside.replace(title_element[0], "")
    assert not [payload for payload in PAYLOADS if len(payload) > 6 and payload in rest]
    assert "__xss" not in rest
    assert str(os.getpid()) not in title_element[1]
    assert "49" not in title_element[1]
    assert sorted(text[1]["unit.name"]) == sorted(say.given["name"])
    assert sorted(told for told, _ in text[1]["unit.reason"]) == sorted(say.given["reason"])
    assert text[1]["branch.name"] == [(name, 0, "") for name in say.given["branch"]]
    areas = [name for layer in (*DRAWN, "roads") for name in core[1].get(f"{layer}.name", [])]
    assert sorted(areas) == sorted(say.given["area"])


def test_units_without_a_reliable_position_are_not_drawn() -> None:
    """A township's centre is never drawn as an address, though the table has it: 3 of 18."""
    layers = town()
    core, columns = unpack(parts(draw_map(layers, title="方案").html)[0])
    coarse = layers.units[layers.units["precision"] == "township"].iloc[0]

    assert coarse["lon"] > 0
    assert (core["units"], core["drawn"]) == (18, 15)
    assert len(columns["unit.x"]) == len(columns["unit.y"]) == 15
    assert list(drawn(layers.units)) == [True] * 15 + [False] * 3


def test_drawing_order_keeps_units_of_one_point_together() -> None:
    """Every unit comes once; the three at one point follow one another; undrawn ones come last."""
    units = town().units

    order = drawing_order(units)

    assert sorted(order) == list(range(18))
    at = [int(np.flatnonzero(order == row)[0]) for row in (10, 11, 12)]
    assert at == list(range(at[0], at[0] + 3))
    assert list(order[15:]) == [15, 16, 17]


def test_touching_areas_get_different_tints() -> None:
    """Of four squares around a corner, all of which touch, no two have one tint."""
    squares = [shapely.box(x, y, x + 1, y + 1) for x in (0, 1) for y in (0, 1)]

    assert tints(gpd.GeoDataFrame(geometry=squares, crs=4326)) == [0, 1, 2, 3]


def test_coverage_names_its_denominator() -> None:
    """Rates go as counts over counts, by township too; the page has words for their names."""
    (rate,) = coverage_notes(town().evaluation) or []

    assert words("zh", {})[f"rate.{rate['name']}"] == "党的组织覆盖率"
    assert words("en", {})[f"over.{rate['over']}"] == "operating units"
    assert (rate["before"], rate["after"]) == ([1, 17], [6, 17])
    assert rate["townships"] == [
        {"id": "T1", "name": "甲街道", "before": [0, 11], "after": [4, 11]},
        {"id": "T2", "name": "乙镇", "before": [1, 4], "after": [2, 4]},
        {"id": None, "name": None, "before": [0, 2], "after": [0, 2]},
    ]
    assert coverage_notes(None) is None


def test_every_code_has_words_in_both_languages() -> None:
    """No outcome, mode, precision, level, line or status shows as a bare code."""
    kinds = {
        "outcome": Outcome,
        "mode": Mode,
        "precision": Precision,
        "level": Level,
        "line": Line,
        "status": BranchStatus,
        "operating_status": OperatingStatus,
    }
    needed = {f"{kind}.{code}" for kind, codes in kinds.items() for code in codes}
    needed |= {f"layer.{layer}" for layer in (*DRAWN, "roads")}
    chinese, english = words("zh", {}), words("en", {})

    assert needed <= chinese.keys()
    assert chinese.keys() == english.keys()
    assert all(chinese.values())
    assert all(english.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_own_labels_are_those_of_lists_and_reports(lang: Lang) -> None:
    """Whoever draws a map without labels, as in a notebook, reads the words of everything else."""
    told, own = texts(lang), words(lang, {})
    shared = told.keys() & own.keys()

    assert len(shared) > 50
    assert {key: own[key] for key in shared} == {key: told[key] for key in shared}


def test_labels_handed_in_stand_first() -> None:
    """A label given as text replaces the page's own, and others stay."""
    mine = words("zh", {"outcome.joint": "联建"})

    assert mine["outcome.joint"] == "联建"
    assert mine["outcome.left_out"] == "未纳入"


def test_scripts_say_only_words_that_exist() -> None:
    """Every label that our scripts ask for by name is in the page's words."""
    asked = set(re.findall(r"'(page\.[a-z_]+)'", bundle()))
    facts = re.findall(
        r"\[\s*'([a-z_]+)',\s*(?:proposed|persons|length|label|page|term|voice|texts|units|households)",
        asset("js/card.js"),
    )
    asked |= {f"page.{name}" for name in facts}

    assert len(asked) > 50
    assert asked <= words("zh", {}).keys()


def test_every_outcome_has_a_drawing() -> None:
    """Each marker of the palette is a circle or has corners in the page's scripts."""
    drawn_markers = set(
        re.findall(r"^  (\w+): (?:scaled|turned|PLUS)", asset("js/glyphs.js"), re.MULTILINE)
    )

    assert {look.marker for look in LOOKS.values()} - {"circle"} <= drawn_markers
    assert set(LOOKS) == set(Outcome)
    order = re.search(r"DRAWING_ORDER = \[(.*?)\]", asset("js/canvas.js"), re.DOTALL)
    assert order is not None
    assert sorted(re.findall(r"'(\w+)'", order[1])) == sorted([*Outcome, UNBUILT])


def test_modules_are_bundled_after_what_they_import() -> None:
    """Every script of ours is in the bundle, once, after all it imports from."""
    folder = ASSETS / "js"
    names = modules()

    assert sorted([*names, "guard"]) == sorted(path.stem for path in folder.glob("*.js"))
    for place, name in enumerate(names):
        imported = re.findall(r"from '\./([a-z]+)\.js'", asset(f"js/{name}.js"))
        assert set(imported) <= set(names[:place])
    assert not re.findall(r"^(?:import|export) ", bundle(), re.MULTILINE)


def test_vendored_files_are_what_they_are_said_to_be() -> None:
    """Each vendored file has the sum that VENDOR.md gives, and its licence beside it."""
    told = dict(re.findall(r"\| `([\w.]+)` \|.*\| `([0-9a-f]{64})` \|", asset("vendor/VENDOR.md")))
    folder = ASSETS / "vendor"
    held = {path.name for path in folder.iterdir()} - {"VENDOR.md"}

    assert held == told.keys()
    for name, sum_told in told.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sum_told
    assert {"leaflet.LICENSE", "fflate.LICENSE"} <= held


def test_our_scripts_and_styles_stay_small() -> None:
    """No file of the page is over 400 lines."""
    folder = ASSETS
    ours = [path for kind in ("js", "css") for path in (folder / kind).iterdir()]

    assert len(ours) > 15
    assert max(len(path.read_text(encoding="utf-8").splitlines()) for path in ours) <= 400


def test_notebook_shows_the_page_in_a_closed_frame(page: str) -> None:
    """The frame holds the whole page as text and can't reach the notebook around it."""
    shown = draw_map(town(), title="江滨区组建方案")._repr_html_()
    ((tag, attrs),) = Elements(shown).found

    assert tag == "iframe"
    assert attrs["srcdoc"] == page
    assert "allow-same-origin" not in (attrs["sandbox"] or "")


def test_a_plan_is_drawn_as_it_comes_from_planning() -> None:
    """In a notebook the plan itself is enough: its layers, its rules, a title of our own."""
    layers = town()
    planned = SimpleNamespace(
        plan=SimpleNamespace(policy=Policy(), matters=()),
        units=layers.units,
        branches=layers.branches,
        areas=layers.areas,
        evaluation=layers.evaluation,
        hotspots=HOTSPOTS.shaped(gpd.GeoDataFrame(geometry=[], crs=CRS)),
    )
    html = draw_map(planned).html
    _, text = (unpack(part) for part in parts(html))

    assert "<title>两新组织党组织组建方案</title>" in html
    assert text[0]["rules"]["joint_min_full"] == 3
    assert set(text[1]["unit.limit_m.values"]) == {"2000"}
    assert draw_map(planned)._repr_html_().startswith("<iframe sandbox=")


def test_both_languages_mark_the_page_as_internal() -> None:
    """Marking and proviso stand in the markup itself, before any script runs."""
    chinese = draw_map(town(), title="方案", lang="zh").html
    english = draw_map(town(), title="Plan", lang="en").html

    assert '<html lang="zh-CN">' in chinese
    assert "内部资料" in chinese
    assert "测算建议，以党委审批为准" in chinese
    assert '<html lang="en">' in english
    assert "Internal" in english


def test_a_page_without_anything_to_draw_is_a_page() -> None:
    """No unit, no branch, no evaluation: the basemap alone."""
    whole = town()
    empty = MapLayers(whole.units.iloc[:0], whole.branches.iloc[:0], whole.areas)
    notes, _ = unpack(parts(draw_map(empty, title="方案").html)[0])

    assert notes["units"] == notes["drawn"] == 0


def test_tables_of_another_shape_are_refused() -> None:
    """Units without a reason are no units in words: told before anything is drawn."""
    with pytest.raises(TableError, match="reason"):
        dataclasses.replace(town(), units=town().units.drop(columns="reason"))
