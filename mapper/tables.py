"""The tables of a data package: their columns and checks, and what they hold once checked.

The columns are declared once, as Frictionless Table Schemas in ``geodata/datapackage.json``; here each
declaration becomes checks that a table passes or fails as a whole, with every fault collected. After that
the rest of the program trusts the tables.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from mapper import control, keys
from mapper.errors import Fault
from mapper.parted import Parted
from mapper.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from mapper.control import Actor, Report, ResolveOptions, Source, Status
    from mapper.terms import Audience, Withheld

REQUIRED: Final[tuple[str, ...]] = (
    "townships",
    "states",
    "districts",
    "actors",
    "licences",
    "sources",
    "control_reports",
)
"""Tables without which there is no map; any other may be missing, and is then empty."""

DATE: Final = re.compile(r"\d{4}-\d{2}(-\d{2})?")
YEAR: Final = re.compile(r"\d{4}")
INTEGER: Final = re.compile(r"-?\d{1,15}")
NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ERROR_SEPARATOR: Final = "\x1f"
"""Between problem and remedy in a check's one error text."""


def _no_rows() -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 -- keeps `mapper --help` fast

    return pd.DataFrame()


@dataclass(frozen=True)
class Package:
    """A data package that has been opened and checked."""

    name: str
    title: str
    version: str
    date: dt.date
    licence: str
    options: ResolveOptions
    townships: pd.DataFrame
    """Index ``pcode``; name_en, name_my, district_pcode, district, state_pcode, state, lon, lat (EPSG:4326),
    population_2014 (people, may be missing), doubt."""
    towns: pd.DataFrame
    """Index ``town_pcode``; pcode, name_en, name_my, lon, lat."""
    aliases: pd.DataFrame
    """Columns pcode, alias, seen_in, machine_matched."""
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    reports: tuple[Report, ...]
    displacement: pd.DataFrame
    """Index ``figure_id``; date, date_precision, level, pcode, place, people, qualifier, measure, basis,
    source_id, note."""
    bases: pd.DataFrame
    """Index ``basis``; name_en, kind (stock, flow), note."""
    refugees: pd.DataFrame
    """Index ``figure_id``; date, date_precision, country, country_iso3, people, measure, qualifier, basis,
    source_id, note."""
    movements: pd.DataFrame
    """Index ``movement_id``; date_from, date_to, origin, origin_pcode, destination, destination_pcode (codes
    joined by ``;``), people, qualifier, movement_type, measure, source_id, note."""
    junta_lists: pd.DataFrame
    polls: pd.DataFrame
    aggregates: pd.DataFrame
    """Index ``aggregate_id``; date, date_precision, publisher, measure, value_low, value_high, unit,
    denominator, source_id, note."""

    events: Parted = field(default_factory=Parted)
    """In parts, each with the index ``event_id``; date_from, date_to, date_precision, level, pcode, where_precision,
    place, kind, sides, deaths_low, deaths_best, deaths_high, source_id, note: all text."""
    state_aliases: pd.DataFrame = field(default_factory=_no_rows)
    """Columns pcode, alias, seen_in."""
    country: str = "Myanmar"
    country_code: str = "MMR"
    """ISO 3166-1 alpha-3."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the package calls a status, where it has words of its own: ``{"junta": "Government"}``."""

    def label(self, status: Status) -> str:
        """Give what a status is called here."""
        return self.labels.get(status, control.STATUS_LABELS[status])

    @property
    def known_on(self) -> dt.date:
        """The day up to which it holds what was recorded: its own date, or that of a row recorded since."""
        return max([self.date, *(report.recorded_on for report in self.reports)])

    @property
    def internal(self) -> bool:
        """Whether its outputs may hold what is not public; they say so on their face."""
        return self.audience == "internal"

    terms: Terms = field(default_factory=Terms)
    audience: Audience = "public"
    """Whom its outputs are for."""
    until: dt.date | None = None
    """The last day that a public output may speak of, where the package delays what it publishes."""
    withheld: Mapping[str, int] = field(default_factory=dict)
    """Rows left out of a public output, by table; counted for the editor, never part of an output."""
    withheld_by_rule: tuple[Withheld, ...] = ()
    """What was left out and blanked, by rule and table."""


def check(name: str, frame: pd.DataFrame, schema: Mapping[str, Any], *, file: str, known: keys.Keys) -> list[Fault]:
    """Check one table against its Table Schema and give every fault.

    ``frame`` has text in every cell, best as plain objects: they are gone through one by one, which Arrow's columns are
    slow at. Its index are the row numbers of ``file``; ``schema`` is a Frictionless
    Table Schema; ``known`` holds the values of the tables that foreign keys point to. A fault in the columns
    hides faults in the rows: mend it first.
    """
    missing = list(_column_faults(name, frame, schema, file))
    if missing:
        return missing
    if frame.empty:
        why = "has no townships", "Without one there is nothing to map: add a row each"
        return [Fault(file, 0, "", "", *why)] if name == "townships" else []
    faults = [
        *_control_character_faults(frame, file),
        *_cell_faults(frame, schema, file),
        *keys.faults(frame, schema, file, known),
    ]
    return sorted(set(faults))


def completed(frame: pd.DataFrame, schema: Mapping[str, Any]) -> pd.DataFrame:
    """Give a table with the optional columns that it leaves out, empty: a package from before they came still loads."""
    optional = (column["name"] for column in schema["fields"] if column.get("optional"))
    missing = [name for name in optional if name not in frame.columns]
    return frame.assign(**dict.fromkeys(missing, "")) if missing else frame


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through a table by row, each with its columns as attributes and its index as ``Index``."""
    return frame.itertuples() if len(frame) else iter(())


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a table as one mapping per row, without its index."""
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def _column_faults(name: str, frame: pd.DataFrame, schema: Mapping[str, Any], file: str) -> Iterator[Fault]:
    wanted = [column["name"] for column in schema["fields"]]
    for column in wanted:
        if column not in frame.columns:
            near = difflib.get_close_matches(column, [str(other) for other in frame.columns if other not in wanted], 1)
            remedy = f"Rename the column '{near[0]}'" if near else f"Add the column; {name} needs {', '.join(wanted)}"
            yield Fault(file, 1, column, "", "is missing", remedy)
    for column in frame.columns:
        if column not in wanted:
            remedy = f"Remove or rename it; {name} has the columns {', '.join(wanted)}"
            yield Fault(file, 1, str(column), "", "is a column nobody knows", remedy)


def _cell_faults(frame: pd.DataFrame, schema: Mapping[str, Any], file: str) -> Iterator[Fault]:
    """Run the schema's checks over all cells at once; pandera collects the failures."""
    declared = {item["name"]: list(_checks(item, schema)) for item in schema["fields"]}
    if all(_all_pass(frame[name], [check for check, _, _ in checks]) for name, checks in declared.items()):
        return

    import pandera.pandas as pandera  # noqa: PLC0415 -- slow to import, and only a table with faults needs it

    def column(checks: Iterable[tuple[Any, str, str]]) -> pandera.Column:
        found = [pandera.Check(passes, error=problem + ERROR_SEPARATOR + remedy) for passes, problem, remedy in checks]
        return pandera.Column(checks=found)

    try:
        pandera.DataFrameSchema({name: column(checks) for name, checks in declared.items()}).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        for case in rows(error.failure_cases):
            problem, _, remedy = str(case.check).partition(ERROR_SEPARATOR)
            yield Fault(file, int(case.index), str(case.column), str(case.failure_case), problem, remedy)


def _checks(declared: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[tuple[Any, str, str]]:
    """Turn one field of a Table Schema into checks: the function, the problem, the remedy."""
    rules: Mapping[str, Any] = declared.get("constraints", {})
    name, kind = declared["name"], declared["type"]
    if rules.get("required"):
        yield _Texts(bool), "is empty", "Fill it in"
    if rules.get("unique") or schema.get("primaryKey") == [name]:
        yield (
            (lambda cells: (cells == "") | ~cells.duplicated(keep=False)),
            "occurs more than once",
            "Give each its own",
        )
    if "enum" in rules:
        words = list(rules["enum"])
        yield _filled(lambda text: text in words), "is not a word of this column", f"Use one of {', '.join(words)}"
    if kind == "date":
        yield _filled(is_day), "is not a date", "Write YYYY-MM-DD, such as 2024-12-29"
    elif name == "date":
        form = re.compile(rules.get("pattern", DATE.pattern))
        remedy = "Write YYYY-MM-DD, or YYYY-MM if only the month is known"
        yield _filled(lambda text: bool(form.fullmatch(text)) and is_date(text)), "is not a date", remedy
    elif "pattern" in rules:
        pattern = re.compile(rules["pattern"])
        yield (
            _filled(lambda text: bool(pattern.fullmatch(text))),
            "does not have its form",
            f"It must match {pattern.pattern}",
        )
    if kind in {"integer", "number"}:
        digits = INTEGER if kind == "integer" else NUMBER
        low, high = rules.get("minimum", float("-inf")), rules.get("maximum", float("inf"))
        example = "a whole number without separators, such as 12500" if kind == "integer" else "a number, such as 96.19"
        yield _filled(lambda text: bool(digits.fullmatch(text))), "is not a number", f"Write {example}"
        yield (
            _filled(lambda text: not digits.fullmatch(text) or low <= float(text) <= high),
            "is out of range",
            f"It must lie between {low} and {high}; were two columns swapped?",
        )


@dataclass(frozen=True)
class _Texts:
    """A check of cells by their texts alone, of which each need be looked at once; pandera calls it with a column."""

    passes: Callable[[str], bool]

    def __call__(self, cells: pd.Series) -> pd.Series:
        return cells.isin([text for text in cells.unique() if self.passes(text)])


def _filled(passes: Callable[[str], bool]) -> _Texts:
    """Check the cells that are not empty; whether a cell may be empty is another check."""
    return _Texts(lambda text: not text or passes(text))


def _all_pass(cells: pd.Series, checks: Iterable[Any]) -> bool:
    texts = set(cells)
    return all(all(map(check.passes, texts)) if isinstance(check, _Texts) else check(cells).all() for check in checks)


def _control_character_faults(frame: pd.DataFrame, file: str) -> Iterator[Fault]:
    for column in frame.columns:
        if CONTROL_CHARACTERS.search("".join(frame[column])):
            for row, text in frame[column].items():
                if CONTROL_CHARACTERS.search(text):
                    yield Fault(file, int(str(row)), str(column), text, "holds a control character", "Remove it")


FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""Dates of reports and slices lie between; others are slips, and would run off the calendar when they age."""


def is_day(text: str) -> bool:
    """Whether the text is a calendar day, ``YYYY-MM-DD``.

    >>> is_day("2024-12-29"), is_day("2024-13-01"), is_day("29/12/2024")
    (True, False, False)
    """
    return len(text) == len("YYYY-MM-DD") and is_date(text)


def is_date(text: str) -> bool:
    """Whether the text is a calendar day, a month or a year; a table's pattern says which of them it takes."""
    if not (DATE.fullmatch(text) or YEAR.fullmatch(text)) or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return False
    try:
        first_day(text)
    except ValueError:
        return False
    return True


def first_day(text: str) -> dt.date:
    """Read a day, or the first day of a month; :class:`ValueError` if there is no such day.

    >>> first_day("2024-05")
    datetime.date(2024, 5, 1)
    """
    return dt.date.fromisoformat((text + "-01-01")[: len("YYYY-MM-DD")])
