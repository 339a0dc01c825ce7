"""The file beside every export: what it is, in the words of DCAT 3 and of Frictionless Data Packages at once.

A reader of JSON-LD sees a ``dcat:Dataset`` with a distribution per file; a reader of data packages sees resources with
their fields. Neither minds the other's words.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from mapper.outputs.exports import about as abouts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.outputs.exports.formats import Format
    from mapper.outputs.exports.layer import About, Column, Layer

CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Words of JSON-LD; names of vocabularies, which nobody opens."""

TYPES: Final = {"text": "string", "integer": "integer", "number": "number", "day": "date", "truth": "boolean"}
"""Of Frictionless Table Schemas, by kind of column; a list is an array."""


def sidecar(form: Format, layers: Sequence[Layer], about: About, files: Mapping[str, bytes]) -> bytes:
    """Describe the files of one export, as JSON in UTF-8."""
    said = abouts.as_json(about, layers)
    described = {
        "@context": CONTEXT,
        "@type": "dcat:Dataset",
        "dct:title": about.title,
        "dct:description": " ".join((*about.caveats, *about.choices)),
        "dct:license": about.licence,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(about.begins.isoformat()),
            "dcat:endDate": _day(about.as_of.isoformat()),
        },
        "dct:modified": _day(about.as_known_on.isoformat()),
        "dcat:version": about.version,
        "dcat:distribution": [_distribution(form, name, content) for name, content in files.items()],
        "profile": "data-package",
        "name": about.name,
        "title": about.title,
        "description": " ".join((*about.caveats, *about.choices)),
        "version": about.version,
        "licenses": [{"name": about.licence}],
        "sources": [_source(one) for one in said["sources"]],
        "resources": [_resource(form, name, content, layers, about) for name, content in files.items()],
        "export": {key: value for key, value in said.items() if key not in {"title", "version", "sources"}},
    }
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _day(text: str) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": text}


def _source(one: Mapping[str, str]) -> dict[str, str]:
    when = f", {one['published']}" if one["published"] else ""
    return {"title": f"{one['publisher']}{when} ({one['source_id']})", **({"path": one["url"]} if one["url"] else {})}


def _distribution(form: Format, name: str, content: bytes) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dct:format": form.title,
        "dcat:byteSize": len(content),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": "spdx:checksumAlgorithm_sha256",
            "spdx:checksumValue": hashlib.sha256(content).hexdigest(),
        },
    }


def _resource(form: Format, name: str, content: bytes, layers: Sequence[Layer], about: About) -> dict[str, Any]:
    return {
        "name": name.lower().replace("_", "-"),
        "path": name,
        "title": form.title,
        "format": name.rpartition(".")[2],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "layers": [
            {
                "name": layer.name,
                "title": layer.title,
                "rows": len(layer.table),
                **({"crs": about.crs} if layer.has_shapes else {}),
                "schema": {"fields": [_field(column) for column in layer.columns], "primaryKey": [layer.key]},
            }
            for layer in layers
        ],
    }


def _field(column: Column) -> dict[str, str]:
    """Describe a column as a field of a Table Schema."""
    return {
        "name": column.name,
        "type": TYPES.get(column.kind, "array"),
        "description": column.title,
        "hxl": column.hxl,
    }
