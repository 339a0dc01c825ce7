"""Reading a Content-Security-Policy as a browser does."""

from __future__ import annotations

import pytest

from mapper.outputs.embeds import csp

FRAME = "https://maps.example/m/embed.html"
NEWS = "https://news.example/article"


def test_policies_are_apart_by_commas_and_lines_and_the_first_directive_counts() -> None:
    assert csp.parse(["frame-src a.example; FRAME-SRC b.example", "default-src 'none', img-src *", " ; "]) == [
        {"frame-src": ["a.example"]},
        {"default-src": ["'none'"]},
        {"img-src": ["*"]},
    ]


@pytest.mark.parametrize(
    ("policy", "lets"),
    [
        ("", True),
        ("img-src 'none'", True),
        ("default-src 'none'", False),
        ("default-src 'self'", False),
        ("default-src 'none'; frame-src *", True),
        ("frame-src 'none'", False),
        ("frame-src", False),
        ("child-src https:", True),
        ("child-src https:; frame-src 'none'", False),
        ("frame-src https:", True),
        ("frame-src http:", True),  # a stricter scheme fits
        ("frame-src wss:", False),
        ("frame-src maps.example", True),
        ("frame-src MAPS.example", True),
        ("frame-src *.example", True),
        ("frame-src *.maps.example", False),
        ("frame-src example", False),
        ("frame-src https://maps.example", True),
        ("frame-src http://maps.example", True),
        ("frame-src https://maps.example:443", True),
        ("frame-src https://maps.example:8443", False),
        ("frame-src https://maps.example:*", True),
        ("frame-src https://maps.example/m/", True),
        ("frame-src https://maps.example/m", False),
        ("frame-src https://maps.example/m/embed.html", True),
        ("frame-src https://maps.example/other/", False),
        ("frame-src https://news.example https://maps.example", True),
        ("frame-src data: blob:", False),
    ],
)
def test_a_frame_passes_or_not(policy: str, lets: bool) -> None:  # noqa: FBT001 -- a table
    assert all(csp.lets(one, "frame-src", FRAME, at=NEWS) for one in csp.parse([policy])) is lets


def test_self_is_the_page_s_own_origin_or_the_same_by_https() -> None:
    assert csp.matches("'self'", "https://news.example/map/", at=NEWS)
    assert csp.matches("'self'", "https://news.example/map/", at="http://news.example/")
    assert not csp.matches("'self'", "http://news.example/map/", at=NEWS)
    assert not csp.matches("'self'", "https://news.example:8443/", at=NEWS)
    assert not csp.matches("'self'", FRAME, at="")


def test_a_source_without_scheme_on_a_page_of_https_means_https() -> None:
    assert not csp.matches("maps.example", "http://maps.example/", at=NEWS)
    assert csp.matches("maps.example", "http://maps.example/", at="http://news.example/")


def test_strict_dynamic_lets_no_script_through_by_its_host() -> None:
    (policy,) = csp.parse(["script-src 'strict-dynamic' 'nonce-abc' https:"])
    assert not csp.lets(policy, "script-src", "https://maps.example/embed.js", at=NEWS)


@pytest.mark.parametrize(
    ("policy", "lets"),
    [
        ("frame-ancestors *", True),
        ("script-src 'self'", False),
        ("default-src https:", False),
        ("script-src 'unsafe-inline'", True),
        ("script-src 'unsafe-inline' 'nonce-abc'", False),
        ("script-src 'unsafe-inline' 'sha256-other'", False),
        ("script-src 'sha256-one' 'sha256-two'", True),
        ("script-src 'sha256-one'", False),
        ("default-src 'none'; script-src-elem 'unsafe-inline'", True),
    ],
)
def test_what_stands_in_a_page_passes_by_its_hash_or_where_all_may(policy: str, lets: bool) -> None:  # noqa: FBT001 -- a table
    (one,) = csp.parse([policy])
    assert csp.lets_inline(one, "script-src", ["'sha256-one'", "'sha256-two'"]) is lets


def test_a_style_in_an_attribute_is_asked_for_by_its_own_directive() -> None:
    (strict,) = csp.parse(["style-src 'self'"])
    (loose,) = csp.parse(["style-src 'self'; style-src-attr 'unsafe-inline'"])
    assert not csp.lets_inline(strict, "style-attribute", ())
    assert csp.lets_inline(loose, "style-attribute", ())
