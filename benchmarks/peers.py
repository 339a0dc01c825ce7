"""The same townships and slices as a page of each peer: colours alone, without texts, sources or displacement.

Each is written as its own documents show it; where there is a leaner way, that way. Polygons are simplified alike.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import shapely

from mapper import geo
from mapper.outputs import style

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapper.geo import Boundaries
    from mapper.timeline import Timeline

SIMPLE_M: Final = 1000
DECIMALS: Final = 3
MIDDLE: Final = (19.5, 96.0)

MOVE_RANGE: Final = """(i) => {
  const range = document.querySelector("input[type=range]");
  range.value = i;
  for (const name of ["input", "change"]) range.dispatchEvent(new Event(name, { bubbles: true }));
}"""


@dataclass(frozen=True)
class Page:
    """A page to measure: its text, what shows that polygons are there, and how to go to a slice."""

    html: str
    drawn: str
    """A JavaScript expression that is true once polygons are in the document; "" for a page measured by size alone."""
    step: str
    """A JavaScript function of a slice's number."""
    besides: int = 0
    """Bytes, gzip -9, of what it loads from other hosts and the packages here do not hold."""
    live: str = ""
    """The same of the map that answers the reader, for a page that shows a picture of it first."""


@dataclass(frozen=True)
class Country:
    """Polygons, and the class of each township at each slice."""

    shapes: gpd.GeoSeries
    classes: Mapping[str, tuple[str, ...]]
    dates: tuple[str, ...]

    def geojson(self) -> dict[str, Any]:
        """Give the polygons with the code as id, outer rings clockwise as d3 wants them."""
        turned = shapely.orient_polygons(self.shapes.to_numpy(), exterior_cw=True)
        return {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": code, "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
                for code, shape in zip(self.shapes.index, turned, strict=True)
            ],
        }


def country(timeline: Timeline, boundaries: Boundaries, *, slices: int = 60) -> Country:
    """Give the last slices of a timeline over simplified polygons."""
    simple = geo.simplify_coverage(boundaries.townships.geometry, SIMPLE_M)
    rounded = gpd.GeoSeries(shapely.set_precision(simple.to_numpy(), 10**-DECIMALS), index=simple.index, crs=simple.crs)
    found = list(timeline.slices())[-slices:]
    classes = {code: tuple(style.class_of(part[code]) for _, part in found) for code in rounded.index}
    return Country(rounded, classes, tuple(date.isoformat() for date, _ in found))


def time_slider_choropleth(land: Country) -> Page:
    """Give folium's TimeSliderChoropleth."""
    import folium  # noqa: PLC0415 -- each peer is loaded when measured
    import pandas as pd  # noqa: PLC0415 -- the same
    from folium.plugins import TimeSliderChoropleth  # noqa: PLC0415 -- the same

    fills = style.palette()["fills"]
    stamps = [int(pd.Timestamp(date).timestamp()) for date in land.dates]
    styles = {
        code: {str(stamp): {"color": fills[name], "opacity": 1} for stamp, name in zip(stamps, names, strict=True)}
        for code, names in land.classes.items()
    }
    base = folium.Map(MIDDLE, tiles=None, zoom_start=5)
    TimeSliderChoropleth(json.dumps(land.geojson()), styledict=styles).add_to(base)
    return Page(base.get_root().render(), "document.querySelector('path.leaflet-interactive')", MOVE_RANGE)


def timestamped_geojson(land: Country) -> Page:
    """Give folium's TimestampedGeoJson: a feature for each stretch of one class, shown in each of its months."""
    import folium  # noqa: PLC0415 -- see above
    import pandas as pd  # noqa: PLC0415 -- see above
    from folium.plugins import TimestampedGeoJson  # noqa: PLC0415 -- see above

    fills = style.palette()["fills"]
    months = [int(pd.Timestamp(date).replace(day=1).timestamp() * 1000) for date in land.dates]
    features = [
        {
            **feature,
            "properties": {"times": list(times), "style": {"fillColor": fills[name], "fillOpacity": 1, "weight": 0.5}},
        }
        for feature in land.geojson()["features"]
        for name, pairs in groupby(zip(land.classes[feature["id"]], months, strict=True), key=itemgetter(0))
        for _, times in [zip(*pairs, strict=True)]
    ]
    base = folium.Map(MIDDLE, tiles=None, zoom_start=5)
    data = {"type": "FeatureCollection", "features": features}
    TimestampedGeoJson(data, period="P1M", duration="P1D", add_last_point=False, auto_play=False).add_to(base)
    step = f"(i) => {base.get_name()}.timeDimension.setCurrentTimeIndex(i)"
    return Page(base.get_root().render(), "document.querySelector('path.leaflet-interactive')", step)


def layer_per_slice(land: Country) -> Page:
    """Give one folium GeoJson layer for each slice."""
    import folium  # noqa: PLC0415 -- see above

    fills = style.palette()["fills"]
    base = folium.Map(MIDDLE, tiles=None, zoom_start=5)
    for i, date in enumerate(land.dates):
        data = land.geojson()
        for feature in data["features"]:
            feature["properties"]["style"] = {"fillColor": fills[land.classes[feature["id"]][i]], "weight": 0.5}
        folium.GeoJson(data, name=date, show=i == 0).add_to(base)
    return Page(base.get_root().render(), "document.querySelector('path.leaflet-interactive')", "")


def plotly(land: Country) -> Page:
    """Give a plotly choropleth whose colours are swapped; its slider's frames repeat them."""
    import plotly.graph_objects as go  # noqa: PLC0415 -- see above

    fills = style.palette()["fills"]
    names = list(fills)
    scale = [[(i + end) / len(names), fills[name]] for i, name in enumerate(names) for end in (0, 1)]
    values = [[names.index(row[i]) + 0.5 for row in land.classes.values()] for i in range(len(land.dates))]
    shared = {"colorscale": scale, "zmin": 0, "zmax": len(names), "showscale": False}
    figure = go.Figure(
        go.Choropleth(geojson=land.geojson(), locations=list(land.classes), z=values[0], **shared),
        layout={"geo": {"fitbounds": "locations", "visible": False}},
        frames=[go.Frame(data=[{"z": row, "type": "choropleth"}], name=str(i)) for i, row in enumerate(values)],
    )
    html = figure.to_html(include_plotlyjs=True, div_id="map", auto_play=False)
    step = "(i) => Plotly.animate('map', [String(i)], { mode: 'immediate', frame: { duration: 0, redraw: true } })"
    return Page(html, "document.querySelector('.choroplethlayer path')", step)


def plotly_express(land: Country) -> Page:
    """Give the plotly map that plotly express writes: each frame repeats the polygons."""
    import pandas as pd  # noqa: PLC0415 -- see above
    import plotly.express as px  # noqa: PLC0415 -- see above

    fills = style.palette()["fills"]
    names = list(fills)
    rows = [
        (date, code, names.index(row[i]) + 0.5)
        for i, date in enumerate(land.dates)
        for code, row in land.classes.items()
    ]
    figure = px.choropleth(
        pd.DataFrame(rows, columns=["date", "code", "class"]),
        geojson=land.geojson(),
        locations="code",
        color="class",
        animation_frame="date",
        color_continuous_scale=[[(i + end) / len(names), fills[n]] for i, n in enumerate(names) for end in (0, 1)],
        range_color=(0, len(names)),
        fitbounds="locations",
        basemap_visible=False,
    )
    html = figure.to_html(include_plotlyjs=True, div_id="map", auto_play=False)
    step = (
        f"(i) => Plotly.animate('map', [{json.dumps(list(land.dates))}[i]],"
        " { mode: 'immediate', frame: { duration: 0, redraw: true } })"
    )
    return Page(html, "document.querySelector('.choroplethlayer path')", step)


def bokeh(land: Country) -> Page:
    """Give bokeh multi-polygons whose fill a slider swaps in the browser."""
    from bokeh import embed, layouts, models, plotting, resources  # noqa: PLC0415 -- see above

    fills = style.palette()["fills"]
    parts = [shapely.get_parts(shape) for shape in land.shapes]
    rings = [[[list(shapely.get_coordinates(part.exterior).T)] for part in found] for found in parts]
    source = models.ColumnDataSource(
        {
            "xs": [[[line[0].tolist() for line in part] for part in found] for found in rings],
            "ys": [[[line[1].tolist() for line in part] for part in found] for found in rings],
            "fill": [fills[row[0]] for row in land.classes.values()],
        }
    )
    figure = plotting.figure(width=900, height=900, match_aspect=True)
    figure.multi_polygons("xs", "ys", source=source, fill_color="fill", line_color="white", line_width=0.5)
    slider = models.Slider(start=0, end=len(land.dates) - 1, value=0, step=1, name="time")
    names = list(fills)
    rows = ["".join(str(names.index(row[i])) for row in land.classes.values()) for i in range(len(land.dates))]
    slider.js_on_change(
        "value",
        models.CustomJS(
            args={"source": source, "rows": rows, "fills": [fills[name] for name in names]},
            code="source.data.fill = Array.from(rows[this.value], (n) => fills[n]); source.change.emit();",
        ),
    )
    html = embed.file_html(layouts.column(slider, figure), resources.INLINE, "map")
    step = "(i) => { Bokeh.documents[0].get_model_by_name('time').value = i; }"
    return Page(html, "window.Bokeh && Bokeh.documents.length && Bokeh.documents[0].is_idle", step)


def altair(land: Country) -> Page:
    """Give an altair map whose colours come from one table by a slider; the library is written into the page."""
    import altair as alt  # noqa: PLC0415 -- see above

    fills = style.palette()["fills"]
    names = list(fills)
    data = land.geojson()
    for feature in data["features"]:
        feature["properties"]["h"] = "".join(str(names.index(name)) for name in land.classes[feature["id"]])
    alt.data_transformers.disable_max_rows()
    time = alt.param(name="t", value=0, bind=alt.binding_range(min=0, max=len(land.dates) - 1, step=1))
    chart = (
        alt.Chart(alt.Data(values=data["features"]))
        .mark_geoshape(stroke="white", strokeWidth=0.5)
        .transform_calculate(c="datum.properties.h[t]")
        .encode(
            alt.Color("c:N").scale(domain=[str(i) for i in range(len(names))], range=[fills[name] for name in names])
        )
        .project("mercator")
        .properties(width=900, height=900)
        .add_params(time)
    )
    html: str = chart.to_html(inline=True)
    return Page(html, "document.querySelector('canvas.marks, svg.marks')", MOVE_RANGE)


def kepler(land: Country) -> Page:
    """Give kepler.gl's page, by size alone: a feature for each township and slice, for its filter of time.

    It loads its script and style from unpkg.com, MapLibre's style from there too, React, Redux and styled-components
    from esm.sh, a loader from jspm.io and fonts from cloudfront.net, and draws nothing without them. How much that is
    is told by the script that the package has for notebooks, which holds the same. Of the package only the writer of
    pages is loaded: its notebook parts ask for pyarrow (170 MB), with which pandas stores text in another way, so that
    our own build would no longer be measured as its users have it.
    """
    spec = importlib.util.find_spec("keplergl")
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else Path()
    writer = importlib.util.spec_from_file_location("kepler_pages", folder / "_html_export.py")
    if writer is None or writer.loader is None:
        raise ImportError("keplergl has no writer of pages any more")
    module = importlib.util.module_from_spec(writer)
    writer.loader.exec_module(module)
    features = [
        {**feature, "properties": {"code": feature["id"], "time": date, "class": land.classes[feature["id"]][i]}}
        for feature in land.geojson()["features"]
        for i, date in enumerate(land.dates)
    ]
    data = {"townships": {"type": "FeatureCollection", "features": features}}
    script = gzip.compress((folder / "static" / "widget.js").read_bytes(), 9)
    return Page(module.export_map_html(data, {}, read_only=True), "", "", besides=len(script))


PEERS: Final[Mapping[str, Callable[[Country], Page]]] = {
    "folium TimeSliderChoropleth": time_slider_choropleth,
    "folium TimestampedGeoJson": timestamped_geojson,
    "folium GeoJson per slice": layer_per_slice,
    "plotly": plotly,
    "plotly express": plotly_express,
    "bokeh": bokeh,
    "altair": altair,
    "kepler.gl": kepler,
}
