"""OpenStreetMap files: areas, addresses, barriers and ways, with no network and no trust."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from osm_text import OsmText, square
from shapely import LineString, Point, box

from lxgeo.errors import AreasError
from lxgeo.geo import osm
from lxgeo.geo.barriers import crosses
from lxgeo.geo.osm import in_use, walkable
from lxgeo.read import osm as read
from lxgeo.read import read_gazetteer, xml_stream
from lxgeo.read.osm import osm_gazetteer, read_osm
from lxgeo.read.roads import read_walk_graph
from lxgeo.scenario.openstreetmap import openstreetmap


@pytest.fixture
def town() -> OsmText:
    """Return a township with a district around it, a village, a park, buildings and a river."""
    text = OsmText()
    township = text.way(square(104.0, 38.0, 0.1))
    district = text.way(square(103.9, 37.9, 0.3))
    text.relation(
        7, [(township, "outer")], type="boundary", boundary="administrative", admin_level="8",
        name="溪云街道", old_name="溪云镇",
    )  # fmt: skip
    text.relation(
        8, [(district, "outer")], type="boundary", boundary="administrative", admin_level="6",
        name="云溪区",
    )  # fmt: skip
    text.node((104.01, 38.01), place="village", name="桦林村")
    text.way(square(104.02, 38.02, 0.01), landuse="industrial", name="高新软件园")
    text.way(square(104.03, 38.03, 0.01), landuse="industrial")
    text.way(
        square(104.05, 38.05, 0.001), building="office", name="创业大厦", alt_name="创业楼;CY",
        addr__street="人民路", addr__housenumber="8", addr__district="云溪区",
    )  # fmt: skip
    text.way(square(104.06, 38.06, 0.001), building="yes")
    text.node((104.07, 38.07), addr__street="人民路", addr__housenumber="10号")
    text.node((104.071, 38.071), amenity="bank", name="建设银行")
    text.node((104.072, 38.072), natural="tree", name="老槐树")
    text.way([(104.08, 38.0), (104.08, 38.05), (104.08, 38.1)], waterway="river", name="云岚河")
    text.way([(104.079, 38.03), (104.081, 38.03)], highway="tertiary", bridge="yes")
    return text


def saved(text: OsmText | str, folder: Path, name: str = "town.osm") -> Path:
    """Write a file."""
    path = folder / name
    path.write_text(text if isinstance(text, str) else text.text(), encoding="utf-8")
    return path


def layers_of(path: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that a file holds, by name."""
    return osm.layers(read_osm(path)[0].features())


def test_layers_of_an_areas_folder(town: OsmText, tmp_path: Path) -> None:
    """Names, former names and district; what has no name is no park and no building."""
    layers = layers_of(saved(town, tmp_path))

    township = layers["townships"].iloc[0]
    assert (township["id"], township["name"]) == ("relation/7", "溪云街道")
    assert (township["aliases"], township["district"]) == ("溪云镇", "云溪区")
    assert township.geometry.equals(box(104.0, 38.0, 104.1, 38.1))
    assert layers["villages"]["name"].tolist() == ["桦林村"]
    assert layers["parks"]["name"].tolist() == ["高新软件园"]
    assert layers["buildings"][["name", "aliases", "address"]].to_numpy().tolist() == [
        ["创业大厦", "创业楼;CY", "云溪区人民路8号"]
    ]


def test_gazetteer_of_names_and_addresses(town: OsmText, tmp_path: Path) -> None:
    """Buildings, parks, villages, banks, and doors without a name; no trees, no rivers."""
    table = osm_gazetteer(saved(town, tmp_path))

    assert set(zip(table["name"].fillna(""), table["kind"], strict=True)) == {
        ("桦林村", "place"),
        ("", "house"),
        ("建设银行", "poi"),
        ("高新软件园", "park"),
        ("创业大厦", "building"),
    }
    tower = table[table["name"] == "创业大厦"].iloc[0]
    assert (tower["road"], tower["house_number"], tower["district"]) == ("人民路", "8", "云溪区")
    assert tower["source"] == "OpenStreetMap way/5"
    house = table[table["kind"] == "house"].iloc[0]
    assert (house["road"], house["house_number"], house["address"]) == (
        *("人民路", "10号"),
        "人民路10号",
    )
    assert house.geometry.equals(Point(104.07, 38.07))


def test_a_river_bars_but_for_its_bridge(town: OsmText, tmp_path: Path) -> None:
    """Some 50 m to either side of the bridge one gets across, 200 m away one does not."""
    barriers = layers_of(saved(town, tmp_path))["barriers"]
    lat = [38.03, 38.0304, 38.0318, 38.0282]

    found = crosses([104.07] * 4, lat, [104.09] * 4, lat, barriers)

    assert barriers["name"].tolist() == ["云岚河"]
    assert found.tolist() == [False, False, True, True]


def test_what_bars_and_what_does_not(tmp_path: Path) -> None:
    """Motorway, railway and lake do; not a viaduct, a culvert, a stream or a side street."""
    text = OsmText()
    for k, tags in enumerate(
        (
            {"highway": "motorway"},
            {"railway": "rail"},
            {"waterway": "canal"},
            {"highway": "motorway", "bridge": "viaduct"},
            {"railway": "rail", "tunnel": "yes"},
            {"waterway": "stream"},
            {"highway": "residential"},
        )
    ):
        text.way([(104 + k / 10, 38), (104 + k / 10, 38.01)], **tags)
    text.way(square(105, 38, 0.01), natural="water")

    barriers = layers_of(saved(text, tmp_path))["barriers"]
    assert barriers["id"].tolist() == ["way/1", "way/2", "way/3", "way/8"]
    assert barriers.geometry.iloc[3].equals(box(105, 38, 105.01, 38.01))


def test_a_bridge_opens_a_lake_too(tmp_path: Path) -> None:
    """A causeway across a lake of 870 m: along it one passes, 200 m beside it not."""
    text = OsmText()
    text.way(square(104, 38, 0.01), natural="water")
    text.way([(103.999, 38.005), (104.011, 38.005)], highway="footway", bridge="yes")
    barriers = layers_of(saved(text, tmp_path))["barriers"]

    found = crosses([103.99] * 2, [38.005, 38.0068], [104.02] * 2, [38.005, 38.0068], barriers)
    assert found.tolist() == [False, True]


def test_rings_inside_rings_are_holes(tmp_path: Path) -> None:
    """A township of two ways around an enclave; one whose ring is cut off has no area."""
    text = OsmText()
    ring = square(104, 38, 0.1)
    halves = text.way(ring[:3]), text.way(ring[2:])
    enclave = text.way(square(104.04, 38.04, 0.01))
    said = {"type": "boundary", "boundary": "administrative", "admin_level": "8"}
    text.relation(
        1, [(halves[0], "outer"), (halves[1], "outer"), (enclave, "inner")], name="甲镇", **said
    )
    text.relation(2, [(halves[0], "outer"), (99, "outer")], name="乙镇", **said)
    townships = layers_of(saved(text, tmp_path))["townships"]

    assert townships["name"].tolist() == ["甲镇"]
    assert townships.geometry.iloc[0].area == pytest.approx(0.1**2 - 0.01**2)


@pytest.mark.parametrize(
    ("tags", "use", "walk"),
    [
        ({"highway": "residential"}, True, True),
        ({"highway": "steps"}, True, True),
        ({"highway": "trunk"}, True, True),
        ({"highway": "motorway"}, True, False),
        ({"highway": "motorway_link"}, True, False),
        ({"highway": "cycleway"}, True, False),
        ({"highway": "construction"}, False, False),
        ({"highway": "residential", "foot": "no"}, True, False),
        ({"highway": "service", "access": "private"}, True, False),
        ({"highway": "primary", "sidewalk": "separate"}, True, False),
        ({"highway": "pedestrian", "area": "yes"}, False, False),
        ({"building": "yes"}, False, False),
    ],
)
def test_who_may_walk_where(tags: dict[str, str], *, use: bool, walk: bool) -> None:
    """The filter of OSMnx for walking networks; a motorway still has a name."""
    assert (in_use(tags), walkable(tags)) == (use, walk)


def test_a_file_cut_from_a_larger_one_keeps_what_it_has(tmp_path: Path) -> None:
    """A way that leaves the file is two stretches; a ring that does is no area."""
    text = OsmText()
    for k in range(4):
        text.node((104 + k / 1000, 38))
    refs = "".join(f'<nd ref="{n}"/>' for n in (1, 2, 77, 3, 4))
    text.raw(f'<way id="1">{refs}<tag k="highway" v="path"/></way>')
    text.raw(f'<way id="2">{refs}<nd ref="1"/><tag k="landuse" v="industrial"/></way>')
    features = {each.osm: each.shape for each in read_osm(saved(text, tmp_path))[0].features()}

    assert features["way/1"].equals(
        shapely.multilinestrings(
            [LineString([(104, 38), (104.001, 38)]), LineString([(104.002, 38), (104.003, 38)])]
        )
    )
    assert features["way/2"].geom_type == "MultiLineString"


def test_broken_elements_are_left_out_and_counted(tmp_path: Path) -> None:
    """No number, no place, a place off the globe, a number twice; deleted ones are not counted."""
    text = OsmText()
    text.node((104, 38), amenity="bank", name="好")
    for broken in (
        '<node id="x" lat="1" lon="1"/>',
        '<node id="5"/>',
        '<node id="6" lat="91" lon="0"/>',
        '<node id="7" lat="nan" lon="0"/>',
        '<node id="1" lat="2" lon="2"><tag k="amenity" v="bank"/></node>',
        f'<node id="{"9" * 5000}" lat="1" lon="1"/>',
        '<way id="-3"><nd ref="x"/><nd/></way>',
        '<node id="8" lat="1" lon="1" action="delete"><tag k="name" v="gone"/></node>',
        '<node id="9" lat="1" lon="1" visible="false"/>',
    ):
        text.raw(broken)
    elements, notes = read_osm(saved(text, tmp_path))

    assert [each.osm for each in elements.features()] == ["node/1"]
    assert notes == ("town.osm：6 个要素残缺，未读",)


LAUGHS = '<!DOCTYPE o [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + k)} "{f"&{chr(97 + k)};" * 10}">' for k in range(9)
)
PARAMETERS = '<!DOCTYPE o [<!ENTITY % p1 "<!---->">' + "".join(
    f'<!ENTITY % p{k} "&#37;p{k - 1};<!---->&#37;p{k - 1};">' for k in range(2, 41)
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS + ']><osm><tag v="&j;"/></osm>',
        LAUGHS + "]><osm>&j;</osm>",
        PARAMETERS + " %p40; ]><osm/>",
        '<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]><osm>&f;</osm>',
        '<!DOCTYPE o SYSTEM "http://127.0.0.1:9/x.dtd"><osm/>',
        "<!-- " + "x" * 300_000 + " -->" + LAUGHS + "]><osm>&j;</osm>",
        "<osm><node",
        "",
        "PK\x03\x04",
        "<osm>" + "<a>" * 100_000,
        '<osm><tag k="' + "x" * 11_000_000 + '"/></osm>',
        "<gpx/>",
        '{"elements": []}',
    ],
    ids=lambda text: text[:30].strip() or "empty",
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_hostile_files_are_refused_in_words(text: str, encoding: str, tmp_path: Path) -> None:
    """Bombs, entities, files of others, half files: one fault that names the file."""
    path = tmp_path / "evil.osm"
    path.write_bytes(text.encode(encoding))

    with pytest.raises(AreasError, match=r"evil\.osm：(不是|文件)"):
        read_osm(path)


def test_great_files_and_long_texts_are_held(
    town: OsmText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file over the limit is not opened; a tag longer than any real one is no tag."""
    text = OsmText()
    text.node((104, 38), amenity="bank", name="好" * 5_000)
    elements, _ = read_osm(saved(text, tmp_path))
    assert [dict(each.tags) for each in elements.features()] == [{"amenity": "bank"}]

    monkeypatch.setattr(xml_stream, "MOST_BYTES", 100)
    with pytest.raises(AreasError, match=r"town\.osm：文件超过"):
        read_osm(saved(town, tmp_path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """As one that can't be read."""
    with pytest.raises(AreasError, match=r"none\.osm"):
        read.osm_gazetteer(tmp_path / "none.osm")


def test_the_binary_form_is_told_how_to_be_converted(tmp_path: Path) -> None:
    """As a file, as a gazetteer, as roads to walk on, as areas: one fault, with the command."""
    path = tmp_path / "roads.osm.pbf"
    path.write_bytes(b"\x00\x00\x00\x0d\x0a\x09OSMHeader")

    for reading in (
        lambda: read_osm(path),
        lambda: read_gazetteer([path]),
        lambda: read_walk_graph(tmp_path),
        lambda: openstreetmap(str(path), tmp_path / "areas"),
    ):
        with pytest.raises(AreasError, match=r"osmium cat roads\.osm\.pbf -o roads\.osm"):
            reading()
    assert not (tmp_path / "areas").exists()
