"""The figure as readers use it: by keyboard, without a script, in grey, on paper, in a copy."""

import base64
import io
import itertools
import re
import unicodedata

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from pypdf import PdfReader

from programs.models import Program, YearlyBudget
from tests.browser.test_accessibility import STANDARD, violations

pytestmark = pytest.mark.browser

FIGURE = "/chapters/2023/kokusai/timeline/"
PROGRAMS = "/programs/timeline/"


def focus_figure(page, path=FIGURE):
    page.goto(path)
    page.locator(".timeline-scroll").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Home")


def test_the_keyboard_reaches_the_reason_of_every_cell_and_mark(page):
    focus_figure(page)
    tip = page.locator(".timeline-tip")
    rows = page.locator("tr.row-program, tr.row-event")
    reasons = 0
    for row in range(rows.count()):
        is_program = "row-program" in rows.nth(row).get_attribute("class")
        for year in range(2016, 2023):
            page.keyboard.press("ArrowRight")
            is_mark = page.evaluate("document.activeElement.classList.contains('has-mark')")
            if is_program or is_mark:
                expect(tip).to_be_visible()
                expect(tip).to_contain_text(re.compile(rf"^{year}\s*\S+"))
                reasons += 1
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
    assert reasons == 23 * 7 + 11


def test_the_figure_is_one_stop_and_the_tips_source_is_the_next(page):
    focus_figure(page)
    page.locator("td.is-sensitive").first.focus()
    expect(page.locator(".timeline-tip")).to_contain_text("では")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("reason-source")
    assert page.evaluate("document.activeElement.closest('.timeline-tip') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".timeline-tip")).to_be_hidden()
    assert page.evaluate("document.activeElement.tagName") == "TD"


def test_control_end_home_and_page_edges_stay_in_the_figure(page):
    focus_figure(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.closest('tr').rowIndex") == 3
    page.keyboard.press("Control+End")
    assert page.evaluate("document.activeElement.cellIndex") == 7
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.cellIndex") == 7


def test_enter_opens_a_row_to_reasons_and_record_and_escape_closes_it(page):
    page.goto(FIGURE)
    row = page.locator("tr.row-program", has_text="国際青少年サイエンス交流事業")
    row.locator("td").first.focus()
    page.keyboard.press("Enter")
    opened = row.locator("xpath=following-sibling::tr[1]")
    expect(opened).to_contain_text("2022")
    expect(opened.locator(".row-record")).to_contain_text("日本・アジア青少年サイエンス交流事業")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(opened).to_be_hidden()


def test_without_a_script_a_row_opens_to_its_reasons_and_sources(browser, site):
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto(FIGURE)
    opened = page.locator(".timeline-opened").nth(11)
    expect(opened).to_be_hidden()
    page.locator(".row-opener summary").nth(11).click()
    expect(opened).to_contain_text("2016")
    expect(opened.locator("a[href^='/sources/']").first).to_be_visible()
    expect(page.locator(".timeline-tools")).to_be_hidden()
    context.close()


def test_rows_are_picked_by_organisation_tier_and_state(page):
    page.goto(FIGURE)
    shown = page.locator("tr.row-program:visible, tr.row-event:visible")
    page.locator("[name=tier]").select_option("tier-a")
    expect(shown).to_have_count(2)
    expect(page.locator(".timeline-tools output")).to_have_text("34行のうち2行")
    page.locator("[name=tier]").select_option("")
    page.locator("[name=state]").select_option("state-zero")
    expect(shown).to_have_count(1)
    page.locator("[name=state]").select_option("")
    page.locator("[name=organization]").select_option("経済産業省")
    expect(shown).to_have_count(1)
    page.locator("[name=organization]").select_option("")
    expect(shown).to_have_count(34)


def test_another_basis_recolours_and_unknown_stays_unknown(page):
    page.goto(FIGURE)
    row = page.locator("tr.row-program", has_text="技術協力活用型")
    unknown = page.locator("td.state-unknown").count()
    expect(row.locator("td").last).to_have_class(re.compile("tier-b"))
    page.get_by_role("link", name="予算計").click()
    expect(page.get_by_role("link", name="予算計")).to_have_attribute("aria-current", "true")
    expect(row.locator("td").last).to_have_class(re.compile("tier-a"))
    assert page.locator("td.state-unknown").count() >= unknown > 0


def brightness(page, cell) -> float:
    """Return the mean brightness, 0 to 255, of a cell's bar beside its letter."""
    box = cell.bounding_box()
    clip = {"x": box["x"] + 8, "y": box["y"] + box["height"] / 2 - 8, "width": 12, "height": 16}
    png = base64.b64encode(page.screenshot(clip=clip)).decode()
    blank = page.context.new_page()
    values = blank.evaluate(
        """async png => {
            const image = new Image(); image.src = `data:image/png;base64,${png}`;
            await image.decode();
            const canvas = document.createElement("canvas");
            canvas.width = image.width; canvas.height = image.height;
            const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
            return [...context.getImageData(0, 0, image.width, image.height).data];
        }""",
        png,
    )
    blank.close()
    reds = values[0::4]
    return sum(reds) / len(reds)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_grey_the_tiers_can_still_be_told_apart(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(FIGURE)
    page.evaluate("document.documentElement.style.filter = 'grayscale(1)'")
    found = []
    for letter in "abc":
        cell = page.locator(f"td.tier-{letter}:not(.is-bar-start)").first
        cell.scroll_into_view_if_needed()
        found.append(brightness(page, cell))
    gaps = [abs(one - other) for one, other in itertools.pairwise(found)]
    assert min(gaps) > 45


def folded(text) -> str:
    """The letters of a text alone: a PDF gives some kanji back as radicals, and no order."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text).replace("⻘", "青"))


@pytest.mark.parametrize("paper", [{"format": "A4", "landscape": True}, {"format": "A3"}])
def test_print_shows_every_row_the_legend_and_the_header_on_each_page(page, paper):
    page.goto(FIGURE)
    labels = page.locator("tr[class^=row-] th a").all_inner_texts()
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(**paper))).pages]
    text = folded("".join(sheets))
    assert len(labels) == 34
    assert [label for label in labels if folded(label)[:8] not in text] == []
    assert "".join(sheets).count("▲") >= 11
    assert "50億円以上" in text
    assert "帯の色は各年度の当初予算による" in text
    assert len(sheets) <= 2
    assert all("2016 2017 2018 2019 2020 2021 2022" in sheet for sheet in sheets)


def test_paper_is_landscape(page):
    page.goto(FIGURE)
    sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].mediabox
    assert sheet.width > sheet.height


def test_a_copy_is_a_table_of_letters_and_triangles(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(FIGURE)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.timeline-table'))")
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()")
    lines = [line.split("\t") for line in copied.splitlines() if "\t" in line]
    by_label = {line[0].strip(): [cell.strip() for cell in line[1:]] for line in lines}
    assert by_label["頭脳循環を加速する戦略的国際研究ネットワーク推進プログラム"] == (
        ["B", "B", "", "", "", "", ""]
    )
    assert by_label["G20大阪サミット"] == ["", "", "", "▲", "", "", ""]
    assert "根拠" not in copied


def test_a_copy_of_many_programmes_has_a_cell_for_each_year(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PROGRAMS)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.timeline-block'))")
    page.keyboard.press("Control+C")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    by_label = {line.split("\t")[0]: line.split("\t")[1:] for line in lines}
    assert by_label["施策・出来事"] == [str(year) for year in range(2012, 2023)]
    assert by_label[""][-1] == "R4"
    name = "頭脳循環を加速する戦略的国際研究ネットワーク推進事業"
    assert by_label[name] == ["", "", "?", "?", "B", "B", "", "", "", "", ""]


@pytest.mark.parametrize(
    "path", [f"{FIGURE}?basis=executed&from=2012&to=2025", PROGRAMS, "/programs/sicorp/"]
)
def test_axe_finds_nothing_on_a_figure(page, path):
    assert violations(page, path) == []


def test_axe_finds_nothing_in_an_opened_row_or_a_tip(page):
    page.goto(FIGURE)
    page.locator("td.tier-c").first.click()
    expect(page.locator(".row-record").first).to_be_visible()
    expect(page.locator(".timeline-tip")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".timeline-tip")).to_be_visible()
    found = Axe().run(page, options=STANDARD).response["violations"]
    assert [fault["id"] for fault in found] == []


def test_a_row_of_many_programmes_fetches_its_reasons(page):
    page.goto(PROGRAMS)
    cell = page.locator("tr.row-program", has_text="技術協力活用型").locator("td").last
    cell.hover()
    expect(page.locator(".timeline-tip")).to_contain_text("当初予算 40.67億円")
    cell.click()
    expect(page.locator(".timeline-opened .row-record")).to_contain_text("経済産業省")
    opened = page.locator(".timeline-opened td")
    assert opened.bounding_box()["width"] == page.locator("table").first.bounding_box()["width"]
    assert opened.evaluate("cell => getComputedStyle(cell).textIndent") == "0px"


def test_a_cell_of_many_years_gives_the_reason_of_each_and_keeps_the_readers_column(page):
    page.goto(PROGRAMS)
    page.locator("tr.row-program", has_text="ITER").locator("td.tier-a").hover()
    expect(page.locator(".timeline-tip p")).to_have_text(
        [re.compile(f"^{year} *当初予算") for year in range(2016, 2023)]
    )
    last = page.locator("tr.row-program", has_text="先端国際共同研究推進事業").locator("td").last
    last.focus()
    page.keyboard.press("ArrowUp")
    above = page.locator("tr.row-program", has_text="世界で活躍できる研究者戦略育成事業")
    expect(above.locator("td[colspan='4'].tier-c")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(last).to_be_focused()


@pytest.fixture
def many_programs(db):
    """320 programmes more, in blocks of 50; only the first fifty have a sum, of tier A."""
    programs = Program.objects.bulk_create(
        Program(code=f"many-{n:03}", name_ja=f"多数{n:03}", search_key="", start_fiscal_year=2015)
        for n in range(320)
    )
    YearlyBudget.objects.bulk_create(
        YearlyBudget(program=program, fiscal_year=2020, basis="initial", amount_yen=9_000_000_000)
        for program in programs[:50]
    )
    yield
    Program.objects.filter(code__startswith="many-").delete()


def test_three_hundred_rows_are_one_stop_from_the_first_focus(page, many_programs):
    page.goto(f"{PROGRAMS}?rows=all")
    page.locator(".timeline-scroll").focus()
    page.keyboard.press("Tab")
    expect(page.locator("tr.row-program a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr.row-program a").nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate("document.querySelector('.timeline').contains(document.activeElement)")


def test_picking_rows_hides_the_blocks_and_groups_it_empties(page, many_programs):
    page.goto(f"{PROGRAMS}?rows=all")
    expect(page.locator(".timeline-block")).to_have_count(7)
    page.locator(".timeline-tools select[name=tier]").select_option("tier-a")
    expect(page.locator("tr.row-program:visible", has_text="多数")).to_have_count(50)
    expect(page.locator(".timeline-block:visible")).to_have_count(2)
    expect(page.locator(".timeline-tools output")).to_have_text("371行のうち53行")
    page.locator(".timeline-tools select[name=tier]").select_option("")
    expect(page.locator(".timeline-block:visible")).to_have_count(7)


def test_a_copy_of_one_row_of_many_programmes_has_a_cell_for_each_year(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PROGRAMS)
    row = page.locator("tr.row-program", has_text="頭脳循環を加速する戦略的国際研究ネットワーク")
    row.evaluate("row => getSelection().selectAllChildren(row)")
    page.keyboard.press("Control+C")
    copied = page.evaluate("navigator.clipboard.readText()").split("\t")
    assert copied[1:] == ["", "", "?", "?", "B", "B", "", "", "", "", ""]


def test_a_reader_who_comes_back_finds_the_rows_picked(page):
    page.goto(PROGRAMS)
    page.locator(".timeline-tools select[name=tier]").select_option("tier-a")
    expect(page.locator("tr.row-program:visible")).to_have_count(3)
    page.goto("/")
    page.go_back()
    expect(page.locator(".timeline-tools select[name=tier]")).to_have_value("tier-a")
    expect(page.locator("tr.row-program:visible")).to_have_count(3)


def test_a_copy_of_picked_rows_leaves_the_hidden_ones_out(page, many_programs):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{PROGRAMS}?rows=all")
    page.locator(".timeline-tools select[name=tier]").select_option("tier-a")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.timeline-scroll'))")
    page.keyboard.press("Control+C")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    labels = [line.split("\t")[0] for line in lines]
    assert labels.count("施策・出来事") == 2
    assert [label for label in labels if "多数" in label] == [f"多数{n:03}" for n in range(50)]


@pytest.mark.parametrize("path", [FIGURE, PROGRAMS])
def test_a_browser_reads_every_row_as_wide_as_its_years(page, path):
    """The end tags of rows and cells are left out."""
    page.goto(path)
    widths = """tables => tables.map(table => [
        table.tHead.rows.length,
        ...new Set([...table.tBodies].flatMap(body => [...body.rows])
            .map(row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)))
    ])"""
    years = page.locator(".timeline-table").first.locator("thead tr").first.locator("th").count()
    assert page.locator(".timeline-table").evaluate_all(widths) == [[2, years]]


def test_escape_on_the_box_that_scrolls_does_nothing(page):
    page.goto(FIGURE)
    page.locator(".timeline-scroll").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".timeline-scroll")).to_be_focused()


def test_every_year_can_be_reached_on_a_telephone(narrow_page):
    narrow_page.goto(f"{PROGRAMS}?from=2000&to=2022")
    narrow_page.locator(".timeline-scroll").evaluate("scroll => { scroll.scrollLeft = 9999 }")
    last = narrow_page.locator("thead th").last
    expect(last).to_have_text("2022")
    box = last.bounding_box()
    assert 0 < box["x"] < box["x"] + box["width"] <= 390


@pytest.mark.parametrize("path", [f"{FIGURE}?from=2005&to=2025", PROGRAMS])
def test_no_figure_is_wider_than_a_telephone(narrow_page, path):
    narrow_page.goto(path)
    assert narrow_page.evaluate("document.documentElement.scrollWidth") <= 390
