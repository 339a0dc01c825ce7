"""What would break where a map is embedded: found on a server with each fault, and told with its remedy."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import checkered
from mapper import embedding, errors
from mapper.outputs.embeds import kit
from mapper.sources import served
from serving import Answer, Server, serving, well

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("embed.html", "index.html", "embed.js", "control-map.js")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    package = checkered.package()
    return kit.files(checkered.slices(package), checkered.boundaries(), package, lang="en")


@contextmanager
def standing(files: dict[str, bytes], **other: str | None) -> Iterator[Server]:
    """Serve the files well, but for some headers of all of them."""
    with serving({f"/m/{name}": well(name, files[name], **other) for name in NAMES}) as server:
        server.url += "m/"
        yield server


def found(target: str, host: str | None = None) -> dict[str, list[str]]:
    """Give the findings by level, each as one line."""
    levels: dict[str, list[str]] = {"breaks": [], "warning": [], "note": []}
    for finding in embedding.check(target, host=host).findings:
        levels[finding.level].append(str(finding))
    return levels


def test_a_good_server_has_no_fault_and_needs_no_lines(files: dict[str, bytes]) -> None:
    with standing(files, Content_Security_Policy="frame-ancestors *") as server:
        seen = embedding.check(server.url)
        assert [one for one in seen.findings if one.level != "note"] == []
        assert any("kB packed" in one.what for one in seen.findings)
        assert (seen.broken, seen.lines) == (0, "")
        assert [path for path, _ in server.asked] == [f"/m/{name}" for name in NAMES]
        headers = server.asked[0][1]
        assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


BREAKS = [
    ({"X_Frame_Options": "SAMEORIGIN"}, "embed.html, index.html: X-Frame-Options is SAMEORIGIN: no other site"),
    ({"X_Frame_Options": "deny"}, "X-Frame-Options is deny"),
    ({"Content_Security_Policy": "frame-ancestors 'none'"}, "frame-ancestors 'none': no other site"),
    ({"Content_Security_Policy": "frame-ancestors 'self'"}, "frame-ancestors 'self': no other site"),
    ({"Content_Security_Policy": "default-src 'self'"}, "stops the page's own scripts"),
    ({"Content_Security_Policy": "style-src 'self'"}, "stops the page's own styles"),
    ({"Content_Security_Policy": "sandbox"}, "closes the page off without scripts"),
    ({"Content_Security_Policy": "require-trusted-types-for 'script'"}, "stops Leaflet"),
    ({"Content_Type": "application/octet-stream"}, "Content-Type is application/octet-stream: browsers save the page"),
    ({"Content_Type": None}, "Content-Type is missing"),
    ({"Content_Type": "text/plain; charset=utf-8"}, "with nosniff: browsers do not run the script"),
    ({"Content_Type": "text/html; charset=iso-8859-1"}, "charset=iso-8859-1: every name in Burmese"),
    ({"Content_Disposition": "attachment"}, "Content-Disposition is attachment"),
    ({"Cross_Origin_Resource_Policy": "same-origin"}, "embed.js, control-map.js: Cross-Origin-Resource-Policy is"),
]  # fmt: skip
WARNS = [
    ({"X_Frame_Options": "DENY", "Content_Security_Policy": "frame-ancestors *"}, "heed frame-ancestors instead"),
    ({"Content_Type": "text/html"}, "names no charset"),
    ({"X_Content_Type_Options": None}, "X-Content-Type-Options is missing"),
    ({"Content_Encoding": None}, "sent without compression"),
    ({"Cache_Control": None}, "Cache-Control is missing"),
    ({"Cache_Control": "no-store"}, "Cache-Control is no-store"),
    ({"Cache_Control": "max-age=31536000"}, "keep it for 365 days"),
    ({"Cross_Origin_Resource_Policy": None}, "Cross-Origin-Resource-Policy is missing"),
    ({"Set_Cookie": "a=1"}, "sets a cookie"),
]


@pytest.mark.parametrize(("headers", "what"), BREAKS, ids=lambda value: str(value)[:40])
def test_headers_that_break_a_frame(files: dict[str, bytes], headers: dict[str, str | None], what: str) -> None:
    with standing(files, **headers) as server:
        seen = embedding.check(server.url)
    assert any(what in str(one) for one in seen.findings if one.level == "breaks"), seen.findings
    assert seen.broken
    assert ("frame-ancestors *" in seen.lines) or "attachment" in what


@pytest.mark.parametrize(("headers", "what"), WARNS, ids=lambda value: str(value)[:40])
def test_headers_that_weaken_it(files: dict[str, bytes], headers: dict[str, str | None], what: str) -> None:
    headers = {"Content_Security_Policy": "frame-ancestors *", **headers}
    with standing(files, **headers) as server:
        seen = found(server.url)
    assert any(what in one for one in seen["warning"]), seen
    assert seen["breaks"] == [] or "charset" in what  # text/html is no type of a script


def test_a_page_that_something_on_the_way_has_changed(files: dict[str, bytes]) -> None:
    changed = {**files, "embed.html": files["embed.html"].replace(b"</body>", b"<script>count()</script></body>")}
    with standing(changed) as server:
        assert any("not those that it was written with" in one for one in found(server.url)["breaks"])
    loads = {**files, "embed.html": files["embed.html"].replace(b"</body>", b'<img src="http://ads.example/x"></body>')}
    with standing(loads) as server:
        assert any("mixed content: it loads http://ads.example/x" in one for one in found(server.url)["breaks"])
    other = {**files, "embed.html": b"<!DOCTYPE html><title>parked</title>"}
    with standing(other) as server:
        assert any("no page of mapper embed" in one for one in found(server.url)["breaks"])


def test_a_page_too_large_is_told_with_its_size(files: dict[str, bytes]) -> None:
    noise = b"".join(str(hash((n, 7)) ** 3).encode() for n in range(5000))
    large = {**files, "embed.html": files["embed.html"] + b"<!--" + noise + b"-->"}
    with standing(large) as server:
        assert any("more than 110 kB" in one for one in found(server.url)["warning"])


def test_what_is_missing_or_leads_on_is_told(files: dict[str, bytes]) -> None:
    with standing(files) as server:
        del server.answers["/m/embed.js"]
        server.answers["/m/embed.html"] = Answer(b"", {"Location": "/n/embed.html"}, 301)
        server.answers["/n/embed.html"] = well("embed.html", files["embed.html"])
        seen = found(server.url)
    assert any(
        "embed.js: the server answers 404 instead of 200. Is the folder uploaded" in one for one in seen["breaks"]
    )
    assert any("/m/embed.html leads on to " in one and "/n/embed.html" in one for one in seen["note"])


def test_leading_on_for_ever_or_off_the_web_ends(files: dict[str, bytes]) -> None:
    with standing(files) as server:
        server.answers["/m/embed.html"] = Answer(b"", {"Location": "/m/embed.html"}, 302)
        server.answers["/m/index.html"] = Answer(b"", {"Location": "file:///etc/passwd"}, 302)
        seen = found(server.url)
        asked = [path for path, _ in server.asked]
    assert asked.count("/m/embed.html") == served.HOPS + 1
    assert any("leads on more than 5 times" in one for one in seen["breaks"])
    assert any("'file:///etc/passwd', which is no address of the web" in one for one in seen["breaks"])


def test_one_page_alone_can_be_looked_at(files: dict[str, bytes]) -> None:
    with standing(files, X_Frame_Options="DENY") as server:
        seen = found(server.url + "embed.html?x=1#d=2024-01-01")
        assert [path for path, _ in server.asked] == ["/m/embed.html"]
    assert seen["breaks"][0].startswith("breaks: embed.html: X-Frame-Options")


def test_plain_http_is_mixed_content_but_not_on_the_machine_itself() -> None:
    from mapper.fetched import Fetched  # noqa: PLC0415 -- beside its one use
    from mapper.outputs.embeds import answer  # noqa: PLC0415 -- the same

    away = Fetched("x", "http://maps.example/embed.html", 200)
    (one,) = answer.arrived("embed.html", away)
    assert one.level == "breaks"
    assert "mixed content" in one.what
    back = Fetched("x", "https://maps.example/e", 200, hops=("http://maps.example/e",))
    assert [finding.level for finding in answer.arrived("e", back)] == ["note", "breaks"]
    for url in ("http://localhost:8000/", "http://127.0.0.1/", "http://[::1]/", "https://maps.example/"):
        assert list(answer.arrived("e", Fetched("x", url, 200))) == []


HOSTS = [
    ("default-src 'self'", "breaks", "allows frames from 'self' and not from http://127.0.0.1"),
    ("frame-src 'none'", "breaks", "Add http://127.0.0.1"),
    ("default-src 'none'; frame-src {map}", "warning", "allows no script from"),
    ("frame-src {map}; script-src {map}; style-src 'self'", "warning", "no style in an attribute"),
    ("sandbox", "breaks", "closed off without scripts"),
]


@pytest.mark.parametrize(("rule", "level", "what"), HOSTS)
@pytest.mark.parametrize("by", ["header", "meta"])
def test_the_rules_of_the_page_around_it(files: dict[str, bytes], rule: str, level: str, what: str, by: str) -> None:
    with standing(files) as server, serving({}) as news:
        said = rule.replace("{map}", server.url.rpartition("/m/")[0])
        meta = f'<meta http-equiv="Content-Security-Policy" content="{said}">' if by == "meta" else ""
        header = {"Content_Security_Policy": said} if by == "header" else {}
        news.answers["/article.html"] = well("article.html", f"<!DOCTYPE html>{meta}<p>News".encode(), **header)
        seen = found(server.url, host=news.url + "article.html")
    assert any(what in one for one in seen[level]), seen


def test_frame_ancestors_is_held_against_the_page_around_it(files: dict[str, bytes]) -> None:
    with serving({"/": well("a.html", b"<p>News")}) as news:
        with standing(files, Content_Security_Policy="frame-ancestors https://other.example") as server:
            assert any("leaves out " + news.url in one for one in found(server.url, host=news.url)["breaks"])
            assert any("only these sites" in one for one in found(server.url)["note"])
        with standing(files, Content_Security_Policy=f"frame-ancestors {news.url}") as server:
            assert found(server.url, host=news.url)["breaks"] == []


def test_a_page_that_isolates_itself_shows_only_what_agrees(files: dict[str, bytes]) -> None:
    article = well("a.html", b"<p>News", Cross_Origin_Embedder_Policy="require-corp")
    with serving({"/": article}) as news:
        with standing(files) as server:
            assert any("Embedder-Policy is require-corp" in one for one in found(server.url, host=news.url)["breaks"])
        with standing(files, Cross_Origin_Embedder_Policy="require-corp") as server:
            assert found(server.url, host=news.url)["breaks"] == []


def test_the_page_around_it_as_a_file(files: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "article.html"
    file.write_text('<meta http-equiv="content-security-policy" content="frame-src https://other.example">')
    with standing(files) as server:
        seen = found(server.url, host=str(file))
        assert any("allows frames from https://other.example" in one for one in seen["breaks"])
        with pytest.raises(errors.UsageError, match="is not there"):
            embedding.check(server.url, host=str(tmp_path / "none.html"))


def test_a_folder_is_looked_at_without_a_server(files: dict[str, bytes], tmp_path: Path) -> None:
    for name in NAMES[:3]:
        (tmp_path / name).write_bytes(files[name])
    seen = found(str(tmp_path))
    assert seen["breaks"] == [
        f"breaks: control-map.js: {tmp_path}/control-map.js is not there. Look at the address and the server."
    ]
    assert any("sends no headers" in one for one in seen["note"])
    assert "nginx" in embedding.check(str(tmp_path)).lines
    assert found(str(tmp_path / "embed.html"))["breaks"] == []


@pytest.mark.parametrize(
    "target", ["ftp://maps.example/", "https://", "https://u:p@maps.example/", "https://a b/", "no/such/folder"]
)
def test_what_is_neither_an_address_nor_a_folder_is_refused(target: str) -> None:
    with pytest.raises(errors.UsageError):
        embedding.check(target)


def test_lines_for_each_server_name_the_folder(files: dict[str, bytes]) -> None:
    with standing(files, X_Frame_Options="DENY") as server:
        lines = embedding.check(server.url).lines
    for text in ("location /m/ {", ".htaccess", "header /m/* {", "/m/*\n  Content-Security-Policy: frame-ancestors *"):
        assert text in lines
    assert lines.count("nosniff") == 4
