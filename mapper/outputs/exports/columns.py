"""The columns of every export: what each is called, what it holds and what it means."""

from __future__ import annotations

from typing import Final

from mapper.outputs.exports.layer import Column

ID: Final = Column("id", "text", "Key of the row: another in each.", "id", "#meta+id")

PLACE: Final = (
    Column("pcode", "text", "P-code of the township (admin 3), such as MMR012017. Text.", "pcode", "#adm3+code"),
    Column("name", "text", "Name of the township in the language chosen.", "name", "#adm3+name"),
    Column("name_en", "text", "Name of the township in English.", "name_en", "#adm3+name+i_en"),
    Column("name_my", "text", "Name of the township in Burmese.", "name_my", "#adm3+name+i_my"),
    Column("district", "text", "Name of the district (admin 2).", "district", "#adm2+name"),
    Column("state", "text", "Name of the state or region (admin 1) in the language chosen.", "state", "#adm1+name"),
    Column("state_pcode", "text", "P-code of the state or region, such as MMR012. Text.", "st_pcode", "#adm1+code"),
)

STRETCH: Final = (
    Column("valid_from", "day", "First day on which the row holds.", "valid_from", "#date+start"),
    Column("valid_to", "day", "First day on which it holds no more; empty: still so.", "valid_to", "#date+end"),
)

ON: Final = Column("date", "day", "The day that the row speaks of.", "date", "#date")

LOOK: Final = (
    Column(
        "map_class",
        "text",
        "How the map draws it: status, and whether it is reported or assumed, such as junta.assumed.",
        "map_class",
        "#status+class",
    ),
    Column("label", "text", "The same as the legend says it, in the language chosen.", "label", "#status+label"),
)

ASSESSMENT: Final = (
    Column("status", "text", "junta, contested, nug, eao or unknown.", "status", "#status+control"),
    Column("holders", "list", "Who holds it, by id of actor; of a contest the parties.", "holders", "#group+holders"),
    Column("confidence", "text", "high, medium, low, or none: no report.", "confidence", "#status+confidence"),
    Column("basis", "text", "reported, or assumed where no report speaks, or none.", "basis", "#status+basis"),
    Column("disputed", "truth", "Reports close in time disagree.", "disputed", "#status+disputed"),
    Column("since", "day", "Since when it has been so, as far as is known.", "since", "#date+since"),
    Column(
        "since_precision",
        "text",
        "day: on that day; month: in that month; by: not later than that; assumed: declared.",
        "since_prec",
        "#indicator+since_precision",
    ),
    Column("last_confirmed", "day", "Day of the last report that said so.", "last_conf", "#date+confirmed"),
    Column("stale", "truth", "Nothing has confirmed it for long (12 months by default).", "stale", "#status+stale"),
    Column(
        "contested_until",
        "day",
        "It was contested, last on that day; nothing has confirmed the contest since.",
        "cont_until",
        "#date+contested",
    ),
    Column(
        "main_town_only",
        "truth",
        "Reports speak of the main town and not of the whole township.",
        "main_town",
        "#status+main_town",
    ),
    Column("firm_status", "text", "Of a contest: the last status before it.", "firm_stat", "#status+previous"),
    Column("firm_holders", "list", "Of a contest: who held it before.", "firm_hold", "#group+previous"),
    Column("rule", "text", "The rule that gave the status.", "rule", "#status+rule"),
    Column("claimed", "truth", "A party claims it for itself, and nobody else.", "claimed", "#status+claimed"),
    Column("report_ids", "list", "The reports behind it, oldest first.", "report_ids", "#meta+reports+id"),
    Column("report_urls", "list", "Addresses of the pages that these reports cite.", "rep_urls", "#meta+reports+url"),
    Column("disputed_by", "list", "Of these, the reports that disagree.", "disp_by", "#meta+reports+disputed"),
)

AREA: Final = Column("area_km2", "number", "Area of the whole township in km2.", "area_km2", "#indicator+area+km2")

SLICE: Final = (*PLACE, ON, *LOOK, *ASSESSMENT, AREA)
HISTORY: Final = (ID, *PLACE, *STRETCH, *LOOK, *ASSESSMENT, AREA)

CHANGES: Final = (
    ID,
    *PLACE,
    Column("date", "day", "Day of the first slice that shows it so.", "date", "#date+end"),
    Column("previous_date", "day", "Day of the slice before, which showed it otherwise.", "prev_date", "#date+start"),
    Column("what", "text", "The weightiest thing that differs: status, holders, basis ...", "what", "#status+what"),
    Column("from_status", "text", "Status before.", "from_stat", "#status+previous"),
    Column("to_status", "text", "Status after.", "to_stat", "#status+control"),
    Column("from_holders", "list", "Who held it before.", "from_hold", "#group+previous"),
    Column("to_holders", "list", "Who held it after.", "to_hold", "#group+holders"),
    Column("from_basis", "text", "Reported or assumed, before.", "from_basis", "#status+previous_basis"),
    Column("to_basis", "text", "Reported or assumed, after.", "to_basis", "#status+basis"),
    *LOOK,
    Column("disputed", "truth", "After it: reports close in time disagree.", "disputed", "#status+disputed"),
    Column("stale", "truth", "After it: nothing has confirmed it for long.", "stale", "#status+stale"),
    Column("rule", "text", "The rule that gave the status after.", "rule", "#status+rule"),
    Column("contested_until", "day", "Of a lapse: the last day of the contest.", "cont_until", "#date+contested"),
    Column("report_ids", "list", "The reports that made the change.", "report_ids", "#meta+reports+id"),
    Column("report_urls", "list", "Addresses of the pages that these reports cite.", "rep_urls", "#meta+reports+url"),
)

SOURCE: Final = (
    Column("source_id", "text", "Key of the source.", "source_id", "#meta+source_id"),
    Column("publisher", "text", "Who published it.", "publisher", "#meta+source"),
    Column("published", "text", "When: a day, month or year, as far as it is known.", "published", "#date+published"),
    Column("url", "text", "Address of the page.", "url", "#meta+url"),
)

REPORTS: Final = (
    Column("report_id", "text", "Key of the report.", "report_id", "#meta+report+id"),
    *PLACE,
    Column("date", "day", "First day that the report's date can mean.", "date", "#date+reported"),
    Column("date_precision", "text", "day, or month where no day is known.", "date_prec", "#indicator+date_precision"),
    Column("speaks_from", "day", "Day from which it counts: of a month the last.", "speaks_frm", "#date+start"),
    Column("status", "text", "What it says: junta, contested, nug or eao.", "status", "#status+control"),
    Column("label", "text", "The same as the legend says it, in the language chosen.", "label", "#status+label"),
    Column("holders", "list", "Who holds it by its word; of a contest the parties.", "holders", "#group+holders"),
    Column("scope", "text", "What it speaks of: township, town or part.", "scope", "#status+scope"),
    Column("place", "text", "The town or part, where it is not the whole.", "place", "#loc+name"),
    Column("main_town", "truth", "The town is the township's main one.", "main_town", "#status+main_town"),
    Column("kind", "text", "event: it happened then; snapshot: it was so then.", "kind", "#status+kind"),
    Column("confidence", "text", "high, medium or low.", "confidence", "#status+confidence"),
    Column("claimant", "text", "Whose claim it is, where it is one.", "claimant", "#group+claimant"),
    Column("claimant_side", "text", "On whose side they stand.", "claim_side", "#group+claimant+side"),
    Column("finding", "text", "What it says, in our words.", "finding", "#description"),
    Column("withdrawn", "truth", "Withdrawn since, and ignored.", "withdrawn", "#status+withdrawn"),
    Column("superseded_by", "text", "The record that corrects it.", "superseded", "#meta+report+superseded"),
    Column("recorded_on", "day", "Day on which it was recorded here.", "recorded", "#date+recorded"),
    *SOURCE,
)

PEOPLE: Final = (
    Column("people", "integer", "People, rounded as our page rounds them.", "people", "#affected+idps"),
    Column(
        "people_are",
        "text",
        "How sure: exact, about (rounded, too), over, nearly, estimate; few: fewer than that number, but not none.",
        "people_are",
        "#indicator+qualifier",
    ),
    Column("measure", "text", "What is counted, such as idps or refugees.", "measure", "#indicator+measure"),
    Column("basis", "text", "Since when and how it counts. Never add two bases.", "basis", "#indicator+basis"),
    Column("basis_name", "text", "The same in words.", "basis_name", "#indicator+basis_name"),
    Column(
        "basis_kind", "text", "stock: so many at the time; flow: so many in a time.", "basis_kind", "#indicator+kind"
    ),
    Column("date", "day", "First day that the figure's date can mean.", "date", "#date"),
    Column("date_precision", "text", "day, month, or how else it is known.", "date_prec", "#indicator+date_precision"),
    Column("speaks_from", "day", "Day from which it counts: of a month the last.", "speaks_frm", "#date+start"),
)

DISPLACEMENT: Final = (
    Column("figure_id", "text", "Key of the figure.", "figure_id", "#meta+id"),
    Column("level", "text", "township, state, or a larger or unclear area.", "level", "#adm+level"),
    Column("pcode", "text", "P-code of the township or state; empty for others. Text.", "pcode", "#loc+code"),
    Column("name", "text", "Name of the area in the language chosen.", "name", "#loc+name"),
    Column("state_pcode", "text", "P-code of the state or region. Text.", "st_pcode", "#adm1+code"),
    *PEOPLE,
    *SOURCE,
)

REFUGEES: Final = (
    Column("figure_id", "text", "Key of the figure.", "figure_id", "#meta+id"),
    Column("country", "text", "Country in which they are.", "country", "#country+name+asylum"),
    Column("country_iso3", "text", "Its ISO 3166 code.", "iso3", "#country+code+asylum"),
    *(
        Column("people", "integer", column.title, "people", "#affected+refugees")
        if column.name == "people"
        else Column(column.name, column.kind, column.title, column.short, column.hxl.replace("idps", "refugees"))
        for column in PEOPLE
    ),
    *SOURCE,
)
