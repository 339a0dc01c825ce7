"""Files in the forms that ACLED, HDX, IOM, IDMC and UNHCR give out; every value in them is made up.

The places are three real townships, of which two have one name, in squares that are not theirs.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PLACES = (
    "code,name,name_local,state_code,state,lon,lat,district_code,district\n"
    "MMR012017,Gwa,ဂွ,MMR012,Rakhine,94.5,17.5,MMR012D004,Thandwe\n"
    "MMR009013,Minhla,မင်းလှ,MMR009,Magway,95,20,MMR009D003,Thayet\n"
    "MMR008009,Minhla,မင်းလှ,MMR008,Bago (West),96,18,MMR008D002,Thayarwady\n"
)
SQUARES = {"MMR012017": (94, 17, 95, 18), "MMR009013": (94.5, 19.5, 95.5, 20.5), "MMR008009": (95.5, 17.5, 96.5, 18.5)}
BY = ("--by", "tester", "--at", "2026-06-30")


def _names(header: str) -> list[str]:
    return header.split(",")


ACLED: Final = _names(
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
    "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
)
CLASH: Final = {
    "event_id_cnty": "MMR1001",
    "event_date": "2024-12-29",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Myanmar (2021-)",
    "inter1": "State forces",
    "actor2": "ULA/AA: United League of Arakan/Arakan Army",
    "inter2": "Rebel group",
    "country": "Myanmar",
    "admin1": "Rakhine",
    "admin2": "Thandwe",
    "admin3": "Gwa",
    "location": "Gwa",
    "latitude": "17.5",
    "longitude": "94.5",
    "geo_precision": "1",
    "source": "A Paper; U Somebody",
    "notes": "On 29 December, U Somebody (Gwa) said by telephone 0912345 that ...",
    "fatalities": "3",
}
TAKEN: Final = {**CLASH, "event_id_cnty": "MMR1002", "sub_event_type": "Non-state actor overtakes territory"}

IDPS: Final = _names(
    "location_code,has_hrp,in_gho,provider_admin1_name,provider_admin2_name,admin1_code,admin1_name,admin2_code,"
    "admin2_name,admin_level,operation,assessment_type,population,reporting_round,reference_period_start,"
    "reference_period_end,dataset_hdx_id,resource_hdx_id,warning,error"
)
IDP: Final = {
    "location_code": "MMR",
    "has_hrp": "Y",
    "admin1_code": "MMR012",
    "admin1_name": "Rakhine",
    "admin2_code": "MMR012D004",
    "admin2_name": "Thandwe",
    "admin_level": "2",
    "operation": "Countrywide",
    "assessment_type": "BA",
    "population": "1200",
    "reporting_round": "1",
    "reference_period_start": "2024-03-31T00:00:00",
    "reference_period_end": "2024-03-31T00:00:00",
}
ABROAD: Final = _names(
    "origin_location_code,asylum_location_code,population_group,gender,age_range,min_age,max_age,population,"
    "reference_period_start,reference_period_end,error"
)
REFUGEES: Final = {
    "origin_location_code": "MMR",
    "asylum_location_code": "THA",
    "population_group": "REF",
    "gender": "all",
    "age_range": "all",
    "population": "90000",
    "reference_period_start": "2024-01-01",
    "reference_period_end": "2024-12-31",
}

DTM: Final = _names(
    "id,operation,admin0Name,admin0Pcode,admin1Name,admin1Pcode,admin2Name,admin2Pcode,numPresentIdpInd,reportingDate,"
    "yearReportingDate,monthReportingDate,roundNumber,displacementReason,numberMales,numberFemales,idpOriginAdmin1Name,"
    "idpOriginAdmin1Pcode,assessmentType"
)
DTM_ROW: Final[Mapping[str, Any]] = {
    "id": 7,
    "operation": "Countrywide",
    "admin0Name": "Myanmar",
    "admin0Pcode": "MMR",
    "admin1Name": "Rakhine",
    "admin1Pcode": "MMR012",
    "admin2Name": "Thandwe",
    "admin2Pcode": "MMR012D004",
    "numPresentIdpInd": 1200,
    "reportingDate": "2024-03-31T00:00:00",
    "yearReportingDate": 2024,
    "monthReportingDate": 3,
    "roundNumber": 1,
    "displacementReason": "Conflict",
    "numberMales": None,
    "numberFemales": None,
    "idpOriginAdmin1Name": "Not available",
    "idpOriginAdmin1Pcode": "Not available",
    "assessmentType": "BA",
}

GIDD: Final = _names(
    "ISO3,Name,Year,Conflict Stock Displacement,Conflict Stock Displacement (Raw),Conflict Internal Displacements,"
    "Conflict Internal Displacements (Raw),Disaster Internal Displacements,Disaster Internal Displacements (Raw),"
    "Disaster Stock Displacement,Disaster Stock Displacement (Raw)"
)
GIDD_FIGURES = _names("2600000,2598765,1300000,1298765,9000,9012,800,812")
GIDD_ROW: Final = dict(zip(GIDD, ["MMR", "Myanmar", "2023", *GIDD_FIGURES], strict=True))
IDU: Final[Mapping[str, Any]] = {
    "id": 501,
    "country": "Myanmar",
    "iso3": "MMR",
    "latitude": 17.5,
    "longitude": 94.5,
    "centroid": "[17.5, 94.5]",
    "role": "Recommended figure",
    "displacement_type": "Conflict",
    "qualifier": "more than",
    "figure": 700,
    "displacement_date": "2024-11-03",
    "displacement_start_date": "2024-11-01",
    "displacement_end_date": "2024-11-05",
    "year": 2024,
    "event_id": 9001,
    "event_name": "Myanmar: made up",
    "event_codes": ["x"],
    "standard_popup_text": '<b>U Somebody</b> fled <script>alert("x")</script>',
    "standard_info_text": "<b>U Somebody</b>",
    "locations_name": "A camp near Gwa",
    "created_at": "2024-11-06",
}
COUNTRY: Final = {
    "geomaster_name": "Thailand",
    "individuals": "4321",
    "date": "2025-05-31",
    "centroid_lat": "15.1",
    "centroid_lon": "101.0",
}


def csv_text(rows: Sequence[Mapping[str, object]], header: Sequence[str], *, bom: bool = True) -> bytes:
    """Write rows as a CSV file; with a byte-order mark, as most of these files have."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(header), restval="", extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8-sig" if bom else "utf-8")


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def dtm_answer(*rows: Mapping[str, Any]) -> dict[str, Any]:
    """Wrap rows as version 3 of IOM's interface does."""
    envelope = {"statusCode": 200, "isSuccess": True, "errorMessages": [], "totalRecordsCount": len(rows)}
    return {"result": [dict(row) for row in rows], **envelope}


def boundaries(folder: Path) -> Path:
    """Write the squares as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"TS_PCODE": code},
            "geometry": {"type": "Polygon", "coordinates": [[(w, s), (e, s), (e, n), (w, n), (w, s)]]},
        }
        for code, (w, s, e, n) in SQUARES.items()
    ]
    path = folder / "squares.geojson"
    path.write_bytes(as_json({"type": "FeatureCollection", "features": features}))
    return path


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Make an XLSX of named sheets."""
    import openpyxl  # noqa: PLC0415 -- slow to import, and few tests need it

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def package(folder: Path) -> Path:
    """Make a package of the three places, and the file of their squares beside it."""
    from mapper.intake import start  # noqa: PLC0415 -- what this alone needs

    (folder / "places.csv").write_text(PLACES, encoding="utf-8")
    start.make(folder / "own", start.Wishes("Three", places=folder / "places.csv"))
    boundaries(folder)
    return folder


def idps(*listed: dict[str, str]) -> bytes:
    return csv_text(listed, IDPS)


def dtm(*listed: dict[str, Any]) -> bytes:
    return as_json(dtm_answer(*listed))
