"""folium, offline: a map whose every link is inlined and whose data passes no template.

folium renders each element's macros and then compiles what came out as a template once more, so
that data in it would run as code; links point to servers on the internet; ids are random. The
classes here render once, inline, and count on fixed ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from lxgeo.errors import Lang
from lxgeo.publish.map.assets import SCRIPTS, STYLES, asset, script, style
from lxgeo.publish.page_policy import HTML_LANG, security_policy

_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'


class Verbatim(Element):
    """Text that goes out as it is, never read as a template."""

    _template = Template("{{ this.code }}")

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class Inline(Element):
    """A script or style element with its code inside."""

    _template = Template("<{{ this.tag }}>{{ this.code }}</{{ this.tag }}>")

    def __init__(self, tag: str, code: str) -> None:
        super().__init__()
        self.tag = tag
        self.code = code


class RenderedOnce(MacroElement):
    """An element whose macros' output is added as it is, without folium's second rendering."""

    def render(self, **kwargs: Any) -> str:
        """Add each macro's output to its part of the page; here itself nothing is said."""
        figure = self.get_root()
        for part in ("header", "html", "script"):
            macro = self._template.module.__dict__.get(part)
            if macro is not None:
                said = Verbatim(macro(self, kwargs))
                getattr(figure, part).add_child(said, name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class DataBlock(RenderedOnce):
    """The page's data as one encoded block; a dot parts what is decoded first from the rest."""

    _template = Template(
        "{% macro html(this, kwargs) %}"
        '<script type="text/plain" id="data">{{ this.parts|join(".") }}</script>'
        "{% endmacro %}"
    )

    def __init__(self, parts: Iterable[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's is not annotated
        self._name, self._id = "data", "block"
        self.parts = tuple(parts)


class OfflineFigure(Figure):
    """A page that may load nothing and run only its own scripts.

    Parameters
    ----------
    title
        Title of the document; escaped, rendered once.
    lang
        Language of the page.
    pictures
        Addresses that it may show pictures of; none where it stands alone.
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="{{ this.language }}">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{{ this.security_policy }}">\n'
        "<title>{{ this.title|e }}</title>\n"
        "{{ this.header.render(**kwargs) }}\n"
        "</head>\n"
        "<body>\n"
        "{{ this.html.render(**kwargs) }}\n"
        "<script>{{ this.starter }}</script>\n"
        "</body>\n"
        "</html>\n"
    )

    def __init__(self, title: str, lang: Lang, pictures: Iterable[str] = ()) -> None:
        super().__init__(title=title)
        self.pictures = tuple(pictures)
        self.language = HTML_LANG[lang]
        # In place of branca's charset, which the template states first.
        self.header.add_child(Verbatim(_VIEWPORT), name="meta_http")
        self.styles = tuple(style(name) for name in STYLES)
        self.scripts = tuple(script(name) for name in SCRIPTS)
        for tag, codes in (("style", self.styles), ("script", self.scripts)):
            for number, code in enumerate(codes):
                self.header.add_child(Inline(tag, code), name=f"{tag}_{number}")

    def render(self, **kwargs: Any) -> str:
        """Render the whole page, its policy naming each script and style by hash."""
        for child in self._children.values():
            child.render(**kwargs)
        self.starter = self.script.render(**kwargs)
        self.security_policy = security_policy(
            scripts=(*self.scripts, self.starter),
            styles=self.styles,
            pictures=self.pictures,
            trusted="default",
        )
        return str(self._template.render(this=self, kwargs=kwargs))


class OfflineMap(RenderedOnce, folium.Map):
    """A `folium.Map` without tiles and links, on a page of its own.

    Parameters
    ----------
    location
        Latitude and longitude to start at.
    figure
        The page that it stands on.
    words
        Labels of the page's frame (`lxgeo.publish.map.words`).
    """

    _template = Template(asset("page.html"))

    def __init__(
        self, location: tuple[float, float], figure: OfflineFigure, words: Mapping[str, str]
    ) -> None:
        super().__init__(
            location=location,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            wheel_px_per_zoom_level=90,
            max_zoom=19,
            min_zoom=3,
        )
        self._name, self._id = "map", "lxgeo"
        self.words = words
        figure.add_child(self, name=self.get_name())
