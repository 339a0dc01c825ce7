"""Kinds of files that say by themselves what is what, or where: HXL tags, polygons and points, Google My Maps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mapper import errors, tables
from mapper.intake import columns, mappings
from mapper.intake.ready import Ready, by_mapping
from mapper.matching import cover
from mapper.sources import agreed, ground, hxl, mymaps, recognised, shapes, table
from mapper.sources.harvest import SOURCE_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.intake import planner
    from mapper.intake.asked import Asked
    from mapper.intake.book import Book
    from mapper.sources.harvest import Harvest
    from mapper.sources.shapes import Drawn
    from mapper.sources.sheets import Sheet
    from mapper.sources.table import TableMapping, Vocabulary

    _ReadMap = Callable[[Vocabulary, ground.Country], tuple[Harvest, tuple[str, ...]]]

GEOMETRY: Final = "(geometry)"
"""Stands among the columns of a map, so that a table of the same columns has another mapping."""

UNASKED: Final = ("lon", "lat", "source_id", *SOURCE_COLUMNS)
"""What is not guessed of a map: it has its own shapes, and the pages that it names are not what its rows rest on."""

PLACE: Final = {"place": ("place_name", "name", "label", "title")}


def hxl_table(asked: Asked, book: Book, given: planner.Given) -> Ready:
    """Read a table by its row of HXL tags."""
    sheet = hxl.read(asked.file, sheet=asked.sheet)
    what = hxl.holds(sheet.header, asked.holds)
    mapping, confirmed = mappings.settled(book, sheet, _of_tags(sheet, what, book), asked)
    mappings.refuse_incomplete(mapping, sheet)

    def read(book: Book) -> Harvest:
        found = agreed.only(table.harvest(sheet, mapping, mappings.vocabulary(book, mapping.table)))
        return replace(found, source={**shapes.SOURCE, **found.source}) if hxl.is_concluded(sheet.header) else found

    made = by_mapping("import hxl", asked, given, mapping, read, header=sheet.header, confirmed=confirmed)
    if hxl.is_concluded(sheet.header):
        made.shown.append({"ours": "source", "from": "a map: what it concludes is no report"})
    return replace(made, by_itself=True)


def _of_tags(sheet: Sheet, what: str, book: Book) -> TableMapping:
    """Guess a mapping by tags; ids of sources are taken only where the package has all of them."""
    guessed = mappings.guess(replace(sheet, header=[]), what)
    found = hxl.guess(sheet.header, what)
    ids = {row["source_id"] for row in book.table("sources").rows}
    if "source_id" in found and not {cells[found["source_id"]].strip() for _, cells in sheet.rows} <= ids:
        del found["source_id"]
    return replace(guessed, columns=found, fixed={k: v for k, v in guessed.fixed.items() if k not in found})


def any_shapes(asked: Asked, book: Book, given: planner.Given) -> Ready:
    """Read polygons and points, with words beside them, of any vector file."""
    _refuse_schematic(asked)
    drawn = shapes.read(asked.file, layer=asked.sheet)
    recognised.refuse_events(drawn.sheet.header, drawn.sheet.name)
    header = [*drawn.sheet.header, GEOMETRY]
    mapping, confirmed = mappings.settled(book, drawn.sheet, _of_columns(drawn.sheet), asked, header=header)
    mappings.refuse_incomplete(mapping, drawn.sheet, drawn=True)
    wishes = ground.Wishes(military=asked.military)

    @_once
    def read(words: Vocabulary, country: ground.Country) -> tuple[Harvest, tuple[str, ...]]:
        return ground.harvest(drawn, mapping, words, country, wishes)

    return _Map("import shapes", asked, given, mapping, header, confirmed).ready(book, drawn, read)


def _of_columns(sheet: Sheet) -> TableMapping:
    guessed = mappings.guess(sheet, "reports")
    found = {part: column for part, column in guessed.columns.items() if part not in UNASKED}
    for part, column in columns.guess(sheet.header, PLACE).items():
        if column not in found.values():
            found[part] = column
    fixed = {part: word for part, word in guessed.fixed.items() if part != "scope" and part not in found}
    if "finding" in fixed:
        fixed["finding"] = "as drawn on a map"
    return replace(guessed, columns=found, fixed=fixed)


def my_maps(asked: Asked, book: Book, given: planner.Given) -> Ready:
    """Read a map of Google My Maps, by the names and colours of what is drawn."""
    _refuse_schematic(asked)
    if Path(asked.file).suffix.lower() not in (".kml", ".kmz"):
        raise errors.UsageError(
            "Google My Maps gives KML or KMZ: choose 'Export to KML/KMZ' there, and name that file."
        )
    drawn = shapes.read(asked.file, layer=asked.sheet)
    header = [mymaps.HEADER, drawn.title]
    named = replace(drawn.sheet, header=mymaps.header(drawn))
    mapping, confirmed = mappings.settled(book, named, mymaps.guess(), asked, header=header)
    wishes = ground.Wishes(military=asked.military, named_only=True)
    plain = replace(
        mapping, values={part: said for part, said in mapping.values.items() if part not in ("style", "holders")}
    )

    @_once
    def read(words: Vocabulary, country: ground.Country) -> tuple[Harvest, tuple[str, ...]]:
        return ground.harvest(mymaps.told(drawn, mapping, words), plain, words, country, wishes)

    seen = replace(drawn, sheet=named)
    return _Map("import mymaps", asked, given, mapping, header, confirmed).ready(book, seen, read)


def _refuse_schematic(asked: Asked) -> None:
    if asked.boundaries is None:
        raise errors.UsageError(
            "What is drawn on a map is held against townships: name real polygons of them with --boundaries, since the "
            "schematic ones would put 3 of 10 places into the wrong township."
        )


def _country(book: Book, given: planner.Given) -> ground.Country:
    """Give the townships that shapes are held against, with their names and towns."""
    if given.areas is None:
        raise errors.UsageError("Name real polygons of the townships with --boundaries.")
    names = {str(code): str(name) for code, name in book.package.townships["name_en"].items()}
    towns: dict[str, dict[str, tuple[str, bool]]] = defaultdict(dict)
    for row in tables.rows(book.package.towns):
        main = ground.key(row.name_en) == ground.key(names[row.pcode])
        for name in (row.name_en, row.name_my):
            towns[row.pcode].setdefault(ground.key(name), (str(row.name_en), main))
    for code, name in names.items():
        towns[code].setdefault(ground.key(name), (name, True))
    for listed in towns.values():
        listed.pop("", None)
    return ground.Country(given.areas, names, towns)


def _once(read: _ReadMap) -> _ReadMap:
    """Measure a map once for its plan and its change, where the package's words and places are still the same."""
    kept: list[tuple[object, tuple[Harvest, tuple[str, ...]]]] = []

    def made(words: Vocabulary, country: ground.Country) -> tuple[Harvest, tuple[str, ...]]:
        by = (words, country.names, country.towns)
        if not kept or kept[0][0] != by:
            kept[:] = [(by, read(words, country))]
        return kept[0][1]

    return made


@dataclass(frozen=True)
class _Map:
    """How a map is read, and whether that was confirmed before."""

    kind: str
    asked: Asked
    given: planner.Given
    mapping: TableMapping
    header: Sequence[str]
    """By which the package knows a file of this form again."""
    confirmed: bool

    def ready(self, book: Book, drawn: Drawn, read: _ReadMap) -> Ready:
        """Make it ready, and show what was mended in it and how much of a township it must cover."""

        def of(book: Book) -> tuple[Harvest, tuple[str, ...]]:
            return read(mappings.vocabulary(book, self.mapping.table), _country(book, self.given))

        notes = of(book)[1]
        links = [f"{drawn.links} links to other maps, which are not followed"] if drawn.links else []
        made = by_mapping(
            self.kind,
            self.asked,
            self.given,
            self.mapping,
            lambda book: of(book)[0],
            header=self.header,
            confirmed=self.confirmed,
            columns=drawn.sheet.header,
            more=links,
        )
        made.shown.extend(
            [
                {"ours": "scope township", "from": f"polygons over {cover.WHOLE:.0%} of one and more"},
                {"ours": "scope part", "from": f"polygons over less of one, from {cover.SLIVER:.0%} on"},
                {"ours": "source", "from": "a map: what it shows proves nothing alone"},
                *({"ours": "shapes", "from": note} for note in (*drawn.notes, *notes)),
            ]
        )
        return made
