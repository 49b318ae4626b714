import pytest
from axe_playwright_python.sync_playwright import Axe

from programs.models import Source
from timeline.models import Event

pytestmark = pytest.mark.browser

STANDARD = {
    "runOnly": [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
    ]
}  # fmt: skip
PUBLIC_PAGES = [
    "/",
    "/chapters/2023/kokusai/",
    "/chapters/2023/kokusai/timeline/",
    "/programs/",
    "/programs/satreps/",
    "/events/",
    "/events/{event}/",
    "/sources/{source}/",
    "/en/chapters/2023/kokusai/",
]


def violations(page, path) -> list[str]:
    """Return "rule: element" for each fault that axe finds on the page."""
    page.goto(path)
    found = Axe().run(page, options=STANDARD).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_axe_finds_nothing_on_a_public_page(page, path):
    event = Event.objects.order_by("code").first().code
    source = Source.objects.order_by("code").first().pk
    assert violations(page, path.format(event=event, source=source)) == []


@pytest.mark.parametrize("path", ["/chapters/2023/kokusai/", "/chapters/2023/kokusai/timeline/"])
def test_axe_finds_nothing_on_a_narrow_or_dark_page(narrow_page, path):
    narrow_page.emulate_media(color_scheme="dark")
    assert violations(narrow_page, path) == []
