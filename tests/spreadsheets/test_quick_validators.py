import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator, validate_slug
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.planning.quick_validators import quick

check_url = quick(URLValidator())
check_url("https://www.jst.go.jp/")
PARTS = st.sampled_from(
    [
        "https://",
        "ftp://",
        "http:",
        "//",
        "www.jst.go.jp",
        "a@",
        "user:pw@",
        "[::1]",
        ":80",
        ":x",
        "/",
        "?",
        "#",
        " ",
        "\t",
        "\n",
        "日本",
        ".",
        "-",
        "a",
        "..",
        "\\",
        "%20",
        "x" * 300,
    ]
)


def passes(validator, value):
    try:
        validator(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("url", "is_valid"),
    [
        ("https://www.jst.go.jp/global/", True),
        ("https://www.jst.go.jp", True),
        ("https://www.jst.go.jp?q=留学#a", True),
        ("https://www.jst.go.jp/a b", False),
        ("https://www.jst.go.jp/a\n", False),
        ("https://www.jst.go.jp.", True),
        ("https://www.jst.go.jp:99999999/", False),
        ("javascript://www.jst.go.jp/%0aalert(1)", False),
        ("https://www.jst.go.jp/" + "x" * 2_048, False),
        ("jst.go.jp", False),
    ],
)
def test_a_url_is_judged_by_its_host_and_what_follows(url, is_valid):
    assert passes(check_url, url) is is_valid


@given(st.lists(PARTS, max_size=8).map("".join))
def test_every_verdict_on_a_url_is_djangos(url):
    assert passes(check_url, url) is passes(URLValidator(), url)
    url = f"https://www.jst.go.jp{url}"
    assert passes(check_url, url) is passes(URLValidator(), url)


@given(st.text(alphabet="aZ0-_. あ\n", max_size=5))
def test_every_verdict_on_a_code_is_djangos(text):
    assert passes(quick(validate_slug), text) is passes(validate_slug, text)


def test_other_validators_stay_themselves():
    longest = MaxLengthValidator(3)
    assert quick(longest) is longest
