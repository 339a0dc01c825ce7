"""How QGIS draws a layer: categories, colours and hatching as on the map, and the columns that hold its days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from mapper.outputs import style, words

if TYPE_CHECKING:
    from mapper.outputs.exports.layer import Layer

DOCTYPE: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
"""As QGIS writes it; nothing is loaded from there."""

VERSION: Final = "3.22.0"
BORDER_MM: Final = "0.2"
HATCH_PX: Final = "6"
"""From stripe to stripe, as on the page."""

INSTANT: Final = "1"
"""Mode of QGIS's temporal properties: one day, from a column."""

STRETCH: Final = "2"
"""The other: first day and first day after, from two columns."""

BEGIN_NOT_END: Final = "0"
"""Its limits: the first day counts, the day after does not."""

REPORTED: Final = tuple(name for name in style.CLASSES if name.endswith(".reported"))


def style_of(layer: Layer, *, lang: str) -> str:
    """Give the QML of a layer: of the class it is drawn in, or of the status that a report tells, or one colour."""
    root = Element("qgis", version=VERSION, styleCategories="Symbology|Temporal")
    _temporal(root, layer)
    names = {column.name for column in layer.columns}
    said = words.load(lang)
    if "map_class" in names:
        _categories(root, "map_class", {name: name for name in style.CLASSES}, said)
    elif "status" in names:
        _categories(root, "status", {name.partition(".")[0]: name for name in REPORTED}, said)
    else:
        _single(root)
    return DOCTYPE + tostring(root, encoding="unicode")


def _temporal(root: Element, layer: Layer) -> None:
    if not layer.begins:
        return
    found = SubElement(
        root,
        "temporal",
        enabled="1",
        mode=STRETCH if layer.ends else INSTANT,
        startField=layer.begins,
        endField=layer.ends,
        limitMode=BEGIN_NOT_END,
        fixedDuration="0",
        durationField="",
        durationUnit="d",
        accumulate="0",
        startExpression="",
        endExpression="",
    )
    fixed = SubElement(found, "fixedRange")
    SubElement(fixed, "start")
    SubElement(fixed, "end")


def _categories(root: Element, column: str, classes: dict[str, str], said: words.Words) -> None:
    renderer = SubElement(root, "renderer-v2", type="categorizedSymbol", attr=column, forceraster="0", symbollevels="0")
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for number, (value, name) in enumerate(classes.items()):
        status, _, basis = name.partition(".")
        label = said.words[f"legend.{basis}.{status}"]
        SubElement(categories, "category", value=value, label=label, symbol=str(number), render="true", type="string")
        _fill(symbols, str(number), name)


def _single(root: Element) -> None:
    """Draw all rows alike, in the colour of displaced people."""
    colours = style.palette()["displacement"]
    renderer = SubElement(root, "renderer-v2", type="singleSymbol", forceraster="0", symbollevels="0")
    symbol = _symbol(SubElement(renderer, "symbols"), "0", kind="fill", alpha=str(colours["opacity"]))
    _simple_fill(symbol, colours["fill"], colours["edge"])


def _fill(symbols: Element, number: str, name: str) -> None:
    """Draw one class: its fill, and on it the stripes of a contest or the dots of what is unknown."""
    colours = style.palette()
    symbol = _symbol(symbols, number, kind="fill")
    _simple_fill(symbol, colours["fills"][name], colours["ground"]["line"])
    if name.startswith("contested"):
        pattern = _layer(
            symbol,
            "LinePatternFill",
            angle="45",
            distance=HATCH_PX,
            distance_unit="Pixel",
            color=_rgba(colours["hatch"]),
        )
        line = _symbol(pattern, f"@{number}@1", kind="line")
        _layer(line, "SimpleLine", line_color=_rgba(colours["hatch"]), line_width="1.5", line_width_unit="Pixel")
    elif name.startswith("unknown"):
        pattern = _layer(
            symbol,
            "PointPatternFill",
            distance_x="7",
            distance_y="7",
            distance_x_unit="Pixel",
            distance_y_unit="Pixel",
            displacement_x="0",
            displacement_y="0",
        )
        dot = _symbol(pattern, f"@{number}@1", kind="marker")
        _layer(
            dot,
            "SimpleMarker",
            name="circle",
            color=_rgba(colours["dots"]),
            outline_style="no",
            size="1.8",
            size_unit="Pixel",
        )


def _simple_fill(symbol: Element, fill: str, border: str) -> None:
    _layer(
        symbol,
        "SimpleFill",
        color=_rgba(fill),
        style="solid",
        outline_color=_rgba(border),
        outline_style="solid",
        outline_width=BORDER_MM,
        outline_width_unit="MM",
        joinstyle="round",
    )


def _symbol(parent: Element, name: str, *, kind: str, alpha: str = "1") -> Element:
    return SubElement(parent, "symbol", type=kind, name=name, alpha=alpha, clip_to_extent="1", force_rhr="0")


def _layer(symbol: Element, kind: str, **options: str) -> Element:
    """Add a layer of a symbol, with its options in the form of QGIS 3.22 and later and in that of earlier ones."""
    found = SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
    listed = SubElement(found, "Option", type="Map")
    for name, value in options.items():
        SubElement(listed, "Option", type="QString", name=name, value=value)
    for name, value in options.items():
        SubElement(found, "prop", k=name, v=value)
    return found


def _rgba(colour: str) -> str:
    """Give ``#RRGGBB`` as QGIS writes colours."""
    return ",".join([*(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)), "255"])
