"""From a chart to a drawing: the house theme, the fonts, and SVG that is the same on every run."""

import base64
import re
from functools import cache
from importlib.resources import files
from typing import Any

import vl_convert

FONT = "Atkinson Hyperlegible Next"
INK, MUTED, LINE, GRID = "#16323a", "#5b7078", "#d9e2e5", "#e6ecee"
PAPER, CARD, SAND = "#fbfaf7", "#ffffff", "#f4efe4"
TEAL, BLUE, ORANGE, GREY = "#0b6e6e", "#00628b", "#c4510a", "#7d8f96"
BAND, THREAD = "#e9eff0", "#a3b4b9"
CATEGORIES = (BLUE, TEAL, ORANGE, "#6a4c93", GREY, "#8a6d00")

DRAWN = frozenset(map(chr, range(32, 127))) | set("–—·’‘“”−±×°…½éñ")
"""The signs in the small fonts made for drawings; a text with any other sign gets the whole font."""


def house_config() -> dict[str, Any]:
    """Return the house theme as a Vega-Lite config: fonts, colors, quiet axes; nothing is set globally."""
    axis = {"labelFontSize": 12.5, "labelColor": MUTED, "titleColor": MUTED, "titleFontSize": 12.5}
    return {
        "font": FONT,
        "background": CARD,
        "aria": False,
        "padding": 2,
        "view": {"stroke": None},
        "range": {"category": list(CATEGORIES)},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 17,
            "fontWeight": 600,
            "color": INK,
            "subtitleFontSize": 13,
            "subtitleColor": MUTED,
            "subtitlePadding": 4,
            "lineHeight": 22,
            "subtitleLineHeight": 17,
            "offset": 14,
        },
        "axis": axis | {"titleFontWeight": 400, "domainColor": LINE, "tickColor": LINE, "gridColor": GRID},
        "axisX": {"grid": False, "labelPadding": 4},
        "axisY": {"domain": False, "ticks": False, "labelPadding": 8},
        "legend": {"labelFontSize": 12.5, "titleFontSize": 12.5, "labelColor": MUTED, "titleColor": MUTED},
        "line": {"color": THREAD, "strokeWidth": 1.6},
        "point": {"color": GREY, "filled": True, "size": 60},
        "bar": {"color": TEAL},
        "text": {"color": INK, "fontSize": 12.5},
    }


@cache
def load_fonts() -> None:
    """Let the drawing engine measure text in the house fonts."""
    vl_convert.register_font_directory(str(files("pophealth.views").joinpath("fonts")))


def warm() -> None:
    """Do once, before anybody waits, what makes a first chart slow: load fonts and engine, draw one dot."""
    import_altair()
    draw({"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}})


def import_altair() -> Any:
    """Load altair the quick way."""
    from pophealth.views.altair_start import alt

    return alt


def draw(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite specification as SVG with its font inside and no hidden values.

    Read the result as a picture: it holds what is seen and nothing else. Notes for screen readers, which
    repeat every value, are taken out; figures carry their words and their table beside the picture instead.

    Parameters
    ----------
    spec
        A Vega-Lite specification; its own config wins over the house theme.
    """
    load_fonts()
    config = house_config()
    own = spec.get("config", {})
    merged = config | {
        key: config[key] | value if isinstance(config.get(key), dict) and isinstance(value, dict) else value
        for key, value in own.items()
    }
    svg = vl_convert.vegalite_to_svg({**spec, "config": merged})
    return _with_fonts(_only_what_is_seen(svg))


def png(spec: dict[str, Any], *, scale: float = 1.25) -> bytes:
    """Draw a Vega-Lite specification in the house theme as a picture of dots, for slides and messages."""
    load_fonts()
    return vl_convert.vegalite_to_png({**spec, "config": house_config()}, scale=scale)


def _only_what_is_seen(svg: str) -> str:
    svg = re.sub(r' (?:aria-[a-z]+|role|class|pointer-events)="[^"]*"', "", svg)
    svg = re.sub(r'<path(?: d="M0,0h0v0h0Z"| d="")(?: display="none")?/>', "", svg)
    return re.sub(r' (d|transform|x2|y2|x|y)="[^"]*"', _rounded, svg)


def _rounded(attribute: re.Match[str]) -> str:
    return re.sub(
        r"\d+\.\d+(?!e)", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), attribute[0]
    )


def _with_fonts(svg: str) -> str:
    weights = (400, 600) if re.search(r'font-weight="(?:600|700|bold)"', svg) else (400,)
    letters = set("".join(re.findall(r">([^<]+)</text>", svg)))
    faces = "".join(font_face(weight, small=letters <= DRAWN) for weight in weights)
    head, _, rest = svg.partition(">")
    return f"{head}><style>{faces}</style>{rest}"


@cache
def font_face(weight: int, *, small: bool) -> str:
    """Return one `@font-face` rule with the font inside."""
    name = f"drawing-{weight}.woff2" if small else f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2"
    data = base64.b64encode(files("pophealth.views").joinpath("fonts", name).read_bytes()).decode()
    return f'@font-face{{font-family:"{FONT}";font-weight:{weight};src:url(data:font/woff2;base64,{data})}}'
