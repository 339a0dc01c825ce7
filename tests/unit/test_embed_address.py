"""The address of a folder, as its owner gives it: https and plain, or refused with the reason."""

from __future__ import annotations

import pytest

from mapper import errors
from mapper.outputs.embeds import address


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://maps.example/", "is not https"),
        ("maps.example/x", "is no plain https address"),
        ("https://user:pass@maps.example/", "is no plain https address"),
        ("https://maps.example/?a=1", "is no plain https address"),
        ("https://maps.example/#a", "is no plain https address"),
        ('https://maps.example/"><script>', "is no plain https address"),
        ("https://maps.example/a b", "is no plain https address"),
        ("https://maps.example/a\n", "is no plain https address"),
        ("https://مثال.example/", "is no plain https address"),
        ("javascript:alert(1)", "is no plain https address"),
        ("https://", "is no plain https address"),
        ("https://-a.example/", "names no host"),
        ("https://a..example/", "names no host"),
        ("https://maps.example:0/", "a port that does not exist"),
        ("https://maps.example:99999/", "a port that does not exist"),
        ("https://maps.example/../x/", "read in different ways"),
        ("https://maps.example/a//b", "read in different ways"),
        ("https://maps.example/%zz", "read in different ways"),
        ("https://maps.example/embed.html", "names a page"),
        ("https://maps.example/" + "x" * 2000, "is longer than 1500 letters"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, problem: str) -> None:
    with pytest.raises(errors.UsageError, match=problem) as caught:
        address.checked(url)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "url", ["https://maps.example", "https://maps.example:8443/a/b", "https://1.example/~me/my%20map/"]
)
def test_a_good_address_gets_its_slash(url: str) -> None:
    assert address.checked(url) == url.rstrip("/") + "/"
    assert address.checked("") == ""
