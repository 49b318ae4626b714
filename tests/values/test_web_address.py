import pytest

from values.web_address import is_site_path, is_web_address

HARMFUL = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://example.jp/%0Aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://example.jp/",
    "//example.jp/",
    "/\\example.jp/",
    "https:example.jp",
    "https:/\\example.jp",
    "https:// example.jp",
    "https://example.jp/\nx",
    "https://example.jp/\x00",
    "https://",
    "mailto:",
    "mailto://x",
    "example.jp",
    "",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_all_but_http_and_mail_is_no_web_address(text):
    assert not is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://www.jst.go.jp/global/",
        "HTTP://example.jp",
        "https://例え.jp/頁?問=答#節",
        "mailto:sti@example.jp",
        "http://[::1]/",
    ],
)
def test_http_and_mail_are(text):
    assert is_web_address(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("/sources/9/", True), ("/", True), ("//example.jp", False), ("/\\example.jp", False),
     ("sources/9/", False), ("/a b", False), ("https://example.jp/", False), ("", False)],
)  # fmt: skip
def test_a_path_of_the_site_begins_with_one_slash(text, is_one):
    assert is_site_path(text) is is_one
