"""Made-up reports and packages for tests: short to write, so that a test shows only what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from mapper import control, geo, resolve, tables

TOWNSHIP = "MMR012017"
RECORDED = dt.date(2026, 1, 1)
ASSUMES_JUNTA = control.ResolveOptions(
    baseline=control.Baseline("junta", ("SAC",), dt.date(2021, 2, 1)), umbrellas={"3BHA": ("AA", "MNDAA", "TNLA")}
)
HOLDERS = {"junta": ("SAC",), "eao": ("AA",), "nug": ("PDF",), "contested": ("AA", "SAC")}


def report(date: str, status: control.Status, **fields: object) -> control.Report:
    """Make a report: `date` as day or month; a whole township's event of medium confidence unless said otherwise."""
    month = len(date) == len("2024-05")
    values: dict[str, Any] = {
        "report_id": f"{date}-{status}",
        "pcode": TOWNSHIP,
        "date": dt.date.fromisoformat(f"{date}-01" if month else date),
        "precision": "month" if month else "day",
        "status": status,
        "holders": HOLDERS[status],
        "scope": "township",
        "main_town": False,
        "kind": "event",
        "confidence": "medium",
        "place": "",
        "claimant": "",
        "claimant_side": "",
        "source_id": "a-source",
        "finding": "as made up",
        "recorded_on": RECORDED,
    }
    return control.Report(**{**values, **fields})


def assess(
    on: str,
    *reports: control.Report,
    options: control.ResolveOptions = ASSUMES_JUNTA,
    known_on: dt.date | None = None,
) -> control.Assessment:
    """Resolve made-up reports at a date, where the junta is assumed since the coup unless said otherwise."""
    return resolve.resolve(TOWNSHIP, reports, dt.date.fromisoformat(on), options=options, known_on=known_on)


def verdicts(on: str, *reports: control.Report) -> dict[str, control.Verdict]:
    """Explain made-up reports at a date: report id to what became of it."""
    explained = resolve.explain(TOWNSHIP, reports, dt.date.fromisoformat(on), options=ASSUMES_JUNTA)
    return {verdict.report.report_id: verdict for verdict in explained.verdicts}


def package(*reports: control.Report, count: int = 4, **fields: object) -> tables.Package:
    """Make a package of `count` townships in a row, MMR012001 and on, with one source and some figures."""
    pcodes = [f"MMR012{number:03}" for number in range(1, count + 1)]
    townships = pd.DataFrame(
        {
            "name_en": [f"Town {number}" for number in range(1, count + 1)],
            "name_my": [f"မြို့ {number}" for number in range(1, count + 1)],
            "district_pcode": "MMR012D001",
            "district": "Sittwe",
            "state_pcode": "MMR012",
            "state": "Rakhine",
            "lon": [93.0 + number for number in range(count)],
            "lat": 20.0,
            "population_2014": pd.array([1000 * number for number in range(1, count + 1)], dtype="Int64"),
            "doubt": "",
        },
        index=pd.Index(pcodes, name="pcode"),
    )
    towns = townships[["name_en", "name_my", "lon", "lat"]].assign(pcode=pcodes)
    values: dict[str, object] = {
        "name": "made-up",
        "title": "A made-up country",
        "version": "1.0",
        "date": RECORDED,
        "licence": "CC-BY-4.0",
        "options": ASSUMES_JUNTA,
        "townships": townships,
        "towns": towns.set_index(pd.Index([f"{pcode}701" for pcode in pcodes], name="town_pcode")),
        "aliases": pd.DataFrame(columns=["pcode", "alias", "seen_in", "machine_matched"]),
        "actors": {
            name: control.Actor(name, f"{name} in full", "", kind)
            for name, kind in {"AA": "eao", "KIA": "eao", "SAC": "junta", "PDF": "pdf"}.items()
        },
        "sources": {"a-source": source()},
        "reports": reports,
        "displacement": _no_figures("level", "pcode", "place"),
        "bases": pd.DataFrame(columns=["name_en", "kind", "note"]),
        "refugees": _no_figures("country", "country_iso3"),
        "movements": pd.DataFrame(columns=["date_to", "source_id"]),
        "junta_lists": pd.DataFrame(columns=["list", "date", "pcode", "township", "source_id"]),
        "polls": pd.DataFrame(columns=["source_id"]),
        "aggregates": pd.DataFrame(columns=["source_id"]),
    }
    return tables.Package(**{**values, **fields})


def source(**fields: object) -> control.Source:
    """Make a public source."""
    values = {
        "source_id": "a-source",
        "title": "A page",
        "publisher": "A paper",
        "published": "2024-06-01",
        "url": "https://paper.example/page",
        "affiliation": "myanmar_independent_media",
        "sensitivity": "public",
        "licence": "facts-cited",
        "public_use": True,
    }
    return control.Source(**{**values, **fields})


def _no_figures(*columns: str) -> pd.DataFrame:
    common = ["date", "date_precision", "people", "qualifier", "measure", "basis", "source_id", "note"]
    return pd.DataFrame(columns=[*common, *columns], index=pd.Index([], name="figure_id"))


def boundaries(made: tables.Package) -> geo.Boundaries:
    """Make a coverage of unit squares, one degree each, in the order of the townships."""
    squares = gpd.GeoDataFrame(
        {"area_km2": 11_000.0},
        geometry=[shapely.box(93 + number, 20, 94 + number, 21) for number in range(len(made.townships))],
        index=made.townships.index,
        crs=geo.WGS84,
    )
    around = gpd.GeoDataFrame({"name": ["Elsewhere"]}, geometry=[shapely.box(90, 15, 92, 25)], crs=geo.WGS84)
    return geo.Boundaries(
        townships=squares,
        neighbours=around,
        schematic=True,
        title="Squares",
        licence="public domain",
        attribution="nobody",
        notes=(),
    )
