"""Addresses in little room: read back exactly, whatever they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import written
from mapper import pipeline
from mapper.outputs import links

PARTS = st.sampled_from(
    ["kia", "takes", "the", "town", "2024/12/31", "-", "/", "~", "^", "=", "#", "https://", "\u2019", "A"]
)


@given(
    st.lists(PARTS).map("".join), st.lists(PARTS).map(" ".join), st.sampled_from(["", "2024", "2024-12", "2024-12-31"])
)
def test_any_address_comes_back(url: str, title: str, published: str) -> None:
    text = links.short(url, title=title, published=published)
    assert written.link(text, title=title, published=published) == url


def test_every_address_of_the_package_comes_back_from_half_its_letters() -> None:
    sources = pipeline.open_package().sources.values()
    short = [links.short(one.url, title=one.title, published=one.published) for one in sources]
    assert sum(map(len, short)) < 0.6 * sum(len(one.url) for one in sources)
    for one, text in zip(sources, short, strict=True):
        assert written.link(text, title=one.title, published=one.published) == one.url


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://a.org/2024/12/30/kia-takes-momauk/", "https://a.org/^/~#)/"),
        ("https://a.org/news/kia-takes-all-of-momauk", "https://a.org/news/~#(-all-of-~($"),
        ("https://a.org/~kia/", "=https://a.org/~kia/"),
    ],
)
def test_an_address_refers_to_title_and_date(url: str, text: str) -> None:
    assert links.short(url, title="KIA takes Momauk", published="2024-12-30") == text
