"""The two forms of the page: the whole one, and a lean one that leaves what can be read up to the whole one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import resources
from typing import Final

SCRIPTS: Final[tuple[str, ...]] = (
    "namespace.js",
    "listeners.js",
    "words.js",
    "dom.js",
    "decode.js",
    "letters.js",
    "compared.js",
    "reported.js",
    "record.js",
    "span.js",
    "patterns.js",
    "sheet.js",
    "paint.js",
    "haste.js",
    "labels.js",
    "places.js",
    "names.js",
    "looks.js",
    "layer.js",
    "pictured.js",
    "drawing.js",
    "holder.js",
    "state.js",
    "shell.js",
    "legend.js",
    "layers.js",
    "slider.js",
    "chart.js",
    "figures.js",
    "circles.js",
    "people.js",
    "flows.js",
    "inset.js",
    "changes.js",
    "reports.js",
    "card.js",
    "elsewhere.js",
    "kept.js",
    "share.js",
    "table.js",
    "compare.js",
    "modes.js",
    "travel.js",
    "find.js",
    "search.js",
    "start.js",
    "plugin.js",
)
"""Each needs only what stands before it."""

FIRST: Final = "first.js"
"""What runs before anything else, as soon as the first picture is read."""

STYLES: Final[tuple[str, ...]] = (
    "control.css",
    "compose.css",
    "time.css",
    "chart.css",
    "holder.css",
    "card.css",
    "table.css",
    "people.css",
    "inset.css",
    "compare.css",
    "still.css",
    "modes.css",
    "search.css",
    "layers.css",
    "share.css",
    "minimal.css",
    "lean.css",
)


@dataclass(frozen=True)
class Form:
    """Which files and words of ``web/`` a page has."""

    name: str
    scripts: tuple[str, ...] = field(repr=False)
    styles: tuple[str, ...] = field(repr=False)
    silent: tuple[str, ...]
    """What it has no words for: the beginnings of their keys."""

    def says(self, key: str) -> bool:
        """Tell whether a page of this form may say a sentence."""
        return not key.startswith(self.silent)


def _without(names: tuple[str, ...], *left_out: str) -> tuple[str, ...]:
    return tuple(name for name in names if name.partition(".")[0] not in left_out)


WRITTEN: Final = (
    *("foot.known", "foot.baseline", "foot.sources", "foot.data", "foot.boundaries", "foot.schematic"),
    "foot.internal",
    *("foot.sourcing", "foot.disclaimer", "foot.my_names", "still.", "picture.", "corrections.", "rivals."),
)
"""Sentences that Python fills, and those of other pages, so that the browser never says them itself."""

WHOLE: Final = Form("whole", _without(SCRIPTS, "elsewhere"), _without(STYLES, "lean"), silent=("lean.", *WRITTEN))
LEAN: Final = Form(
    "lean",
    _without(
        SCRIPTS,
        *("holder", "layers", "figures", "circles", "people", "flows", "inset", "changes", "table"),
        *("reported", "reports", "compare", "find", "search", "kept", "share"),
    ),
    _without(STYLES, "holder", "table", "people", "inset", "compare", "search", "layers", "share"),
    silent=(
        "share.",
        *("by.", "layers.", "find.", "changes.", "compare.", "scope.", "kind.", "report.", "side.", "people."),
        *("flows.", "flow.", "measure.", "table.", "chart.label.holder", "legend.martial", "sure.disputed_by"),
        *("card.says_who", "card.all_reports"),
        *WRITTEN,
    ),
)


REACHED: Final = frozenset({"timeline", "apps", "placeLabels", "hit", "arrows", "keptCsv"})
"""Names of the namespace that the page and its tests reach from outside the script."""

FILE: Final = re.compile(r"(?ms)\(function \(M\) \{\n  \"use strict\";\n(.*?)^\}\)\(window\.MapperControl\);$")
SHARED: Final = re.compile(r"\bM\.(\w+)")
QUOTED: Final = re.compile(r"[\"'`](\w+)[\"'`]")


def script(*forms: Form) -> str:
    """Give the script that pages of some forms need: the files one after the other, each a block of one function.

    What a file adds to the namespace M is there a name of that function's own, which esbuild can shorten: worth 0.5 KB.
    On M stays what is reached from outside, and what some text in quotes may name: ``M[name]``.
    """
    space, *files = (asset(name) for name in SCRIPTS if any(name in form.scripts for form in forms))
    text = FILE.sub(r"{\n\1}", "".join(files))
    kept = REACHED.union(QUOTED.findall(text))
    own = sorted({name for name in SHARED.findall(text) if name not in kept})
    body = SHARED.sub(lambda found: found[0] if found[1] in kept else f"M_{found[1]}", text)
    names = f"let {', '.join(f'M_{name}' for name in own)};\n" if own else ""
    return f'{space}(function (M) {{\n"use strict";\n{names}{body}}})(window.MapperControl);\n'


def style(*forms: Form) -> str:
    """Give the style that they need."""
    return "".join(asset(name) for name in STYLES if any(name in form.styles for form in forms))


def asset(name: str) -> str:
    """Read one of the files in ``web/``."""
    return resources.files("mapper.outputs").joinpath("web", name).read_text(encoding="utf-8")
