"""The Content-Security-Policy of every answer, and public pages that it leaves whole."""

from html.parser import HTMLParser

import pytest

from tests.addresses import pattern_names, public_addresses, public_files, public_pages

PAGES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FILES = PAGES | {
    "script-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "'none'",
    "connect-src": "'none'",
}


def policy(response) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split("; ")
    return dict(directive.split(" ", 1) for directive in directives)


class InlineParts(HTMLParser):
    """Lists what a page holds that the policy would refuse or that belongs to one reader."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(tag)
        self.found += [
            name for name in given if name in ("style", "nonce") or name.startswith("on")
        ]
        self.found += [
            f"{name}={value}"
            for name, value in attrs
            if value == "csrfmiddlewaretoken" or (value or "").startswith("javascript:")
        ]


def test_every_public_pattern_has_an_address_to_open(chapter_nine):
    assert set(public_addresses()) == pattern_names(is_admin=False)


def test_public_pages_load_only_from_here_and_hold_nothing_inline(client, chapter_nine):
    for address in public_pages():
        response = client.get(address)
        assert (address, policy(response)) == (address, PAGES)
        assert (address, InlineParts(response.content.decode()).found) == (address, [])
        assert (address, dict(response.cookies)) == (address, {})


@pytest.mark.slow
def test_files_of_a_figure_may_have_style_inside_and_nothing_else(client, chapter_nine):
    for address in public_files():
        response = client.get(address)
        assert (address, response.status_code) == (address, 200)
        assert (address, policy(response)) == (address, FILES)


def test_a_drawing_that_is_not_there_is_a_page_like_others(client, chapter_nine):
    response = client.get("/chapters/2023/kokusai/v9/timeline.svg")
    assert (response.status_code, policy(response)) == (404, PAGES)


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/", "/admin/jsi18n/"])
def test_the_admin_has_the_same_policy_and_no_nonce(client, admin_user, address):
    assert policy(client.get(address)) == PAGES
    client.force_login(admin_user)
    response = client.get(address)
    assert policy(response) == PAGES
    assert b"nonce" not in response.content


def test_a_page_of_a_failed_server_has_the_policy_too(client, settings, monkeypatch):
    monkeypatch.setattr("stipolicy.views.render", None)
    client.raise_request_exception = False
    response = client.get("/")
    assert (response.status_code, policy(response)) == (500, PAGES)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>1</script>", ["script"]),
        ('<script src="/a.js" nonce="x"></script>', ["nonce"]),
        ("<style>p{}</style>", ["style"]),
        ('<p style="color:red" onclick="f()">', ["style", "onclick"]),
        ('<a href="javascript:f()">', ["href=javascript:f()"]),
        ('<input type="hidden" name="csrfmiddlewaretoken">', ["name=csrfmiddlewaretoken"]),
        ('<script src="/a.js"></script><link rel="stylesheet" href="/a.css">', []),
    ],
)
def test_what_is_looked_for_would_be_found(html, found):
    assert InlineParts(html).found == found
