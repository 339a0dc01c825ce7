"""The files of an embed: what is in them, for whom, and that nothing of the data runs in any of them."""

from __future__ import annotations

import dataclasses
import html
import json
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

import checkered
import hostile
from mapper import errors
from mapper.outputs import policy, words
from mapper.outputs.embeds import caption, inside, kit, linked, snippets

if TYPE_CHECKING:
    from mapper.tables import Package

URL = "https://maps.example/myanmar/"
ALWAYS = {
    "index.html", "embed.html", "snippet.html", "snippet.fixed.txt", "snippet.auto.txt", "snippet.element.txt",
    "embed.js", "control-map.js", "alt.txt",
    *(f"{kind}.{lang}.txt" for kind in ("alt", "caption") for lang in ("en", "my", "th", "id", "ms")),
}  # fmt: skip


def png(width: int = 1200, height: int = 630) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return linked.PNG + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def made(package: Package | None = None, **options: Any) -> dict[str, bytes]:  # noqa: ANN401 -- options of kit.files
    given = package or checkered.package()
    shapes = options.pop("boundaries", None) or checkered.boundaries()
    return kit.files(checkered.slices(given), shapes, given, **{"lang": "en", **options})


@pytest.fixture(scope="module")
def plain() -> dict[str, bytes]:
    return made()


@pytest.fixture(scope="module")
def placed() -> dict[str, bytes]:
    return made(url=URL, picture=linked.poster(png()))


class Page(HTMLParser):
    """Every tag with its attributes, the text of scripts, and all other text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.data: list[str] = []
        self.inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        is_data = dict(attrs).get("type") == "application/ld+json"
        self.inside = "data" if is_data else tag if tag in {"script", "style"} else ""

    def handle_endtag(self, _: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "data":
            self.data.append(data)
        elif not self.inside:
            self.text.append(data)

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def meta(self, key: str) -> dict[str, list[str | None]]:
        found: dict[str, list[str | None]] = {}
        for one in self.every("meta"):
            if key in one:
                found.setdefault(str(one[key]), []).append(one.get("content"))
        return found


def test_the_files_without_an_address_and_with_one(plain: dict[str, bytes], placed: dict[str, bytes]) -> None:
    assert plain.keys() == ALWAYS
    assert placed.keys() == ALWAYS | {"snippet.amp.txt", "oembed.json", "oembed.xml", "poster.png"}
    assert placed["poster.png"] == png()


def test_the_same_input_gives_the_same_bytes(plain: dict[str, bytes], placed: dict[str, bytes]) -> None:
    assert made() == plain
    assert made(url=URL, picture=linked.poster(png())) == placed


def test_no_address_stands_anywhere_that_the_user_has_not_given(plain: dict[str, bytes]) -> None:
    ours = {name: content.decode() for name, content in plain.items() if name not in {"index.html", "embed.html"}}
    for name, text in ours.items():
        known = re.sub(r"https://(\.\.\.|host\.example)[^\s]*", "", text) if name == "control-map.js" else text
        assert "//" not in re.sub(r"^\s*//.*$|/\*.*?\*/", "", known, flags=re.MULTILINE | re.DOTALL), name
    page = Page(plain["index.html"].decode())
    assert not {"og:url", "og:image"} & page.meta("property").keys()
    assert [one["rel"] for one in page.every("link")] == ["icon"]


def test_each_page_holds_itself_to_its_own_policy(placed: dict[str, bytes]) -> None:
    for name in ("index.html", "embed.html", "snippet.html"):
        text = placed[name].decode()
        (rule,) = inside.META.findall(text)
        assert rule == policy.policy(inside.META.sub("", text))
        assert "default-src 'none'" in rule
        assert [url for url in inside.loaded(text) if not url.startswith("data:")] == []
    asks = "mapper:height?"
    assert asks in placed["embed.html"].decode()
    assert asks not in placed["index.html"].decode()


def attributes_of(text: str, tag: str) -> dict[str, str | None]:
    (found,) = Page(text).every(tag)
    return found


def test_the_frame_is_named_lazy_closed_and_says_no_referrer(placed: dict[str, bytes]) -> None:
    for name in ("snippet.fixed.txt", "snippet.auto.txt"):
        text = placed[name].decode()
        frame = attributes_of(text, "iframe")
        assert frame["src"] == URL + "embed.html"
        assert frame["title"] == "Map: who holds the townships of Myanmar, 30 June 2024"
        assert frame["loading"] == "lazy"
        assert frame["referrerpolicy"] == "no-referrer"
        assert frame["sandbox"] == "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
        assert (frame["width"], frame["height"]) == ("100%", "700")
        assert "aspect-ratio:720/600" in str(frame["style"])
        alt = placed["alt.txt"].decode().strip()
        assert f'<figcaption lang="en">{html.escape(alt)} <a href="{URL}index.html">The full map</a>' in text
    assert "data-mapper" not in attributes_of(placed["snippet.fixed.txt"].decode(), "iframe")
    automatic = placed["snippet.auto.txt"].decode()
    assert "data-mapper" in attributes_of(automatic, "iframe")
    assert attributes_of(automatic, "script") == {"src": URL + "embed.js", "async": None}


def test_the_page_of_forms_says_why_for_each_thing_that_the_frame_allows(plain: dict[str, bytes]) -> None:
    page = plain["snippet.html"].decode()
    for token in snippets.SANDBOX:
        assert re.search(rf'<dt translate="no">{token}</dt><dd>[^<]{{20,}}</dd>', page), token
    assert "allow-same-origin" not in page + plain["snippet.fixed.txt"].decode()
    assert f'const SANDBOX = "{" ".join(snippets.SANDBOX)}";' in plain["control-map.js"].decode()


def test_the_element_and_the_form_for_amp(placed: dict[str, bytes], plain: dict[str, bytes]) -> None:
    element = attributes_of(placed["snippet.element.txt"].decode(), "control-map")
    assert element["src"] == URL + "embed.html"
    assert (element["date"], element["layer"], element["lang"]) == ("2024-06-30", "status", "en")
    amp = attributes_of(placed["snippet.amp.txt"].decode(), "amp-iframe")
    assert str(amp["src"]).startswith("https://")
    assert amp["layout"] == "responsive"
    assert "allow-same-origin" not in str(amp["sandbox"])
    picture = attributes_of(placed["snippet.amp.txt"].decode(), "amp-img")
    assert (picture["src"], "placeholder" in picture) == (URL + "poster.png", True)
    assert "amp-iframe" not in plain["snippet.html"].decode()


def test_the_page_shows_each_form_as_text(placed: dict[str, bytes]) -> None:
    page = placed["snippet.html"].decode()
    shown = "".join(Page(page).text)
    for name in ("fixed", "auto", "element", "amp"):
        assert placed[f"snippet.{name}.txt"].decode() in shown
        assert f'data-copies="{name}"' in page
    for lang in words.LANGUAGES:
        assert placed[f"alt.{lang}.txt"].decode().strip() in shown
        assert placed[f"caption.{lang}.txt"].decode().strip() in shown
    assert placed["alt.txt"] == placed["alt.en.txt"]


def test_open_graph_and_a_card_with_the_picture(placed: dict[str, bytes], plain: dict[str, bytes]) -> None:
    page = Page(placed["index.html"].decode())
    graph, named = page.meta("property"), page.meta("name")
    for required in ("og:title", "og:type", "og:image", "og:url"):  # the four that the protocol asks for
        assert len(graph[required]) == 1, required
    assert graph["og:image"] == [URL + "poster.png"]
    assert (graph["og:image:width"], graph["og:image:height"]) == (["1200"], ["630"])
    assert graph["og:image:alt"] == named["twitter:image:alt"] == [placed["alt.txt"].decode().strip()]
    assert str(graph["og:title"][0]).startswith("On 30 June 2024, ")
    assert named["twitter:card"] == ["summary_large_image"]
    assert named["twitter:image"] == [URL + "poster.png"]
    assert graph["og:locale"] == ["en_GB"]
    assert graph["og:locale:alternate"] == ["my_MM", "th_TH", "id_ID", "ms_MY"]
    bare = Page(plain["index.html"].decode())
    assert bare.meta("name")["twitter:card"] == ["summary"]
    head = placed["index.html"].decode().split("<style>")[0]
    assert "og:title" in head  # within the first kilobytes, as far as chats read


def structured(files: dict[str, bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    (text,) = Page(files["index.html"].decode()).data
    found = json.loads(text)
    assert found["@context"] == "https://schema.org"
    data, drawn = found["@graph"]
    return data, drawn


def test_the_data_set_and_the_map_are_described_as_schema_org_asks(
    placed: dict[str, bytes], plain: dict[str, bytes]
) -> None:
    data, drawn = structured(placed)
    assert data["@type"] == "Dataset"
    assert data["name"] == "A made-up country"
    assert 50 <= len(data["description"]) <= 5000  # what Google's data set search requires
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["temporalCoverage"] == "2021-01-31/2024-06-30"
    assert data["spatialCoverage"]["geo"]["box"] == "18.0 94.0 20.5 97.0"  # south west north east
    assert data["version"] == "1.0"
    assert data["dateModified"] == "2026-01-01"
    assert data["url"] == URL + "index.html"
    assert drawn["@type"] == "Map"
    assert drawn["isBasedOn"] == {"@id": data["@id"]}
    assert drawn["image"] == URL + "poster.png"
    assert drawn["inLanguage"] == ["en", "my", "th", "id", "ms"]
    for one in structured(plain):
        assert {"name", "description"} <= one.keys()
        assert "url" not in one


def test_oembed_has_what_its_type_requires_in_json_and_xml(placed: dict[str, bytes]) -> None:
    answer = json.loads(placed["oembed.json"])
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert isinstance(answer["width"], int)
    assert isinstance(answer["height"], int)
    assert attributes_of(answer["html"], "iframe")["src"] == URL + "embed.html"
    assert (answer["thumbnail_url"], answer["thumbnail_width"], answer["thumbnail_height"]) == (
        URL + "poster.png", 1200, 630,
    )  # fmt: skip
    root = ET.fromstring(placed["oembed.xml"])  # noqa: S314 -- our own
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {key: str(value) for key, value in answer.items()}
    links = [one for one in Page(placed["index.html"].decode()).every("link") if one["rel"] == "alternate"]
    assert {one["type"]: one["href"] for one in links} == {
        "application/json+oembed": URL + "oembed.json",
        "text/xml+oembed": URL + "oembed.xml",
    }


@pytest.mark.parametrize("name", ["CC-BY-4.0", "CC-BY-NC-SA-4.0", "CC-BY-ND-3.0"])
def test_a_licence_of_creative_commons_has_its_address(name: str) -> None:
    assert urlsplit(str(linked.licence(name))).hostname == "creativecommons.org"


def test_another_licence_is_named_and_given_no_address() -> None:
    assert linked.licence('ours"') == {"@type": "CreativeWork", "name": 'ours"'}


@pytest.mark.parametrize(("lang", "first"), [("en", 0), ("my", 4), ("th", 8)])
def test_hostile_titles_are_text_in_every_file(lang: str, first: int) -> None:
    title, version, licence, attribution = (hostile.TEXTS[(first + i) % len(hostile.TEXTS)] for i in range(4))
    package = dataclasses.replace(hostile.package(), title=title, version=version, licence=licence)
    shapes = dataclasses.replace(hostile.boundaries(), attribution=attribution, licence=title)
    files = made(package, boundaries=shapes, lang=lang, url=URL)
    for name, content in files.items():
        found = content.decode()  # each is UTF-8
        if name.endswith(".txt"):
            assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u2028\u2029]", found), name
            assert len(found) < 5000, name
    page = Page(files["snippet.html"].decode())
    assert [tag for tag, _ in page.tags if tag in {"script", "img", "iframe", "b"}] == ["script"]
    assert len(Page(files["index.html"].decode()).data) == 1
    data, _ = structured(files)
    assert ("7*7" in data["name"]) == ("7*7" in title)
    assert data["name"] == caption.plain(title)
    for form in ("fixed", "auto", "element", "amp"):
        tags = {tag for tag, _ in Page(files[f"snippet.{form}.txt"].decode()).tags}
        assert tags <= {"figure", "iframe", "figcaption", "a", "script", "control-map", "amp-iframe", "p"}, tags
    json.loads(files["oembed.json"])
    ET.fromstring(files["oembed.xml"])  # noqa: S314 -- our own


@pytest.mark.parametrize("content", [b"", b"GIF89a", png()[:20], linked.PNG + b"\0" * 40, png(0, 5)])
def test_a_picture_that_is_no_png_is_refused(content: bytes) -> None:
    with pytest.raises(errors.UsageError, match="PNG"):
        linked.poster(content)
