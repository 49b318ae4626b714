import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAPTER = "/chapters/2023/kokusai/"


def is_in_view(locator) -> bool:
    return locator.evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }"
    )


def test_a_footnote_leads_to_its_text_and_back_to_its_place(page):
    page.goto(CHAPTER)
    mark = page.locator("[role=doc-noteref]").nth(2)
    place = mark.evaluate("e => e.closest('[id]').id")
    mark.click()
    note = page.locator(":target")
    expect(note).to_have_class(re.compile("footnote"))
    assert is_in_view(note.locator("[role=doc-backlink]").first)
    note.locator("[role=doc-backlink]").first.click()
    expect(page).to_have_url(re.compile(rf"#{place}$"))
    assert is_in_view(page.locator(f"[id='{place}']"))


def test_a_programme_named_in_the_prose_leads_back_to_the_paragraph(page):
    page.goto(CHAPTER)
    page.locator("main a[href='/programs/satreps/']").first.click()
    expect(page.locator("h1")).to_contain_text("地球規模課題対応国際科学技術協力プログラム")
    page.locator(f"main a[href^='{CHAPTER}#']").first.click()
    expect(page.locator(":target")).to_contain_text("SATREPS")


@pytest.mark.parametrize("path", ["/", CHAPTER, f"{CHAPTER}timeline/", "/programs/", "/events/"])
def test_no_page_is_wider_than_a_telephone(narrow_page, path):
    narrow_page.goto(path)
    width = narrow_page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


def test_a_narrow_screen_scrolls_the_timeline_and_keeps_the_names_in_sight(narrow_page):
    narrow_page.goto(f"{CHAPTER}timeline/")
    region = narrow_page.locator("[role=region]", has=narrow_page.locator("table")).first
    name = region.locator("tbody th[scope=row]").first
    before = name.bounding_box()["x"]
    region.evaluate("e => { e.scrollLeft = e.scrollWidth }")
    assert region.evaluate("e => e.scrollLeft") > 0
    assert abs(name.bounding_box()["x"] - before) < 2


def test_the_first_tab_offers_to_skip_to_the_text(page):
    page.goto(CHAPTER)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_timeline_can_be_scrolled_with_the_keyboard(narrow_page):
    narrow_page.goto(f"{CHAPTER}timeline/")
    region = narrow_page.locator("[role=region]", has=narrow_page.locator("table")).first
    region.focus()
    narrow_page.keyboard.press("ArrowRight")
    narrow_page.wait_for_function("e => e.scrollLeft > 0", arg=region.element_handle())
