import pytest
from django.db.models import F
from playwright.sync_api import expect

from tests.browser.test_editing import sign_in
from timeline.models import Timeline, TimelineRow

pytestmark = pytest.mark.browser

FIRST = "G20大阪サミット"


@pytest.fixture
def editing(page):
    """The change page of chapter 9's timeline; its rows are put back for the next test."""
    sign_in(page)
    with page.expect_response("**/figure/"):
        page.goto(f"/admin/timeline/timeline/{Timeline.objects.get().pk}/change/")
    expect(page.locator(".figure-state")).to_have_text("保存した図")
    before = dict(TimelineRow.objects.values_list("pk", "position"))
    yield page
    TimelineRow.objects.update(position=F("position") + 1000)
    for pk, position in before.items():
        TimelineRow.objects.filter(pk=pk).update(position=position)


def labels(page):
    fields = page.locator("tr.form-row:not(.empty-form) [name$=printed_label]")
    return fields.evaluate_all("fields => fields.map(field => field.value)")


def positions(page):
    fields = page.locator("tr.form-row:not(.empty-form) [name$=position]")
    return fields.evaluate_all("fields => fields.map(field => Number(field.value))")


def status(page):
    return page.locator(".figure-panel > [role=status]")


def test_a_row_moves_by_its_button_and_says_where_it_went(editing):
    assert labels(editing)[1] == FIRST
    button = editing.get_by_role("button", name=f"「{FIRST}」を下へ")
    button.focus()
    editing.keyboard.press("Enter")
    editing.keyboard.press("Enter")
    assert labels(editing)[3] == FIRST
    assert positions(editing) == list(range(1, 35))
    expect(button).to_be_focused()
    expect(status(editing)).to_have_text(f"「{FIRST}」を4番目に移しました（全34行）。")


def test_a_row_moves_by_alt_and_arrows_from_any_of_its_fields(editing):
    editing.locator("#rows-1 [name$=printed_label]").focus()
    editing.keyboard.press("Alt+ArrowUp")
    assert labels(editing)[0] == FIRST
    expect(editing.locator("#rows-1 [name$=printed_label]")).to_be_focused()


def test_a_typed_number_puts_the_row_in_its_place(editing):
    editing.locator("#rows-1 [name$=position]").fill("5")
    editing.keyboard.press("Tab")
    assert labels(editing)[4] == FIRST
    assert positions(editing) == list(range(1, 35))


def take_down_two_rows(page):
    """Hold the second row's grip and bring it below the fourth row."""
    page.locator("#rows-1").evaluate(
        "row => window.scrollBy(0, row.getBoundingClientRect().top - 150)"
    )
    grips = page.locator("#rows-group .row-grip")
    start, end = grips.nth(1).bounding_box(), grips.nth(3).bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(end["x"] + 8, end["y"] + end["height"], steps=6)


def test_a_row_is_dragged_and_the_figure_follows_before_and_after_saving(editing):
    take_down_two_rows(editing)
    editing.mouse.up()
    assert labels(editing)[3] == FIRST
    expect(editing.locator(".figure-state")).to_have_text("保存していない変更を含む図")
    rows = editing.locator(".figure-sheet svg g[data-kind]")
    expect(rows.nth(3)).to_contain_text(FIRST)
    editing.locator("[name=_continue]").first.click()
    expect(editing.locator(".messagelist .success")).to_be_visible()
    saved = Timeline.objects.get().rows.order_by("position")
    assert saved[3].printed_label == FIRST


def test_escape_takes_a_drag_back(editing):
    before = labels(editing)
    take_down_two_rows(editing)
    assert labels(editing) != before
    editing.keyboard.press("Escape")
    editing.mouse.up()
    assert labels(editing) == before


def test_the_page_fits_a_narrow_screen(narrow_page):
    sign_in(narrow_page)
    narrow_page.goto(f"/admin/timeline/timeline/{Timeline.objects.get().pk}/change/")
    assert narrow_page.evaluate("document.documentElement.scrollWidth") <= 390
