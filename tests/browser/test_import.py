import io

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from playwright.sync_api import expect

from programs.models import YearlyBudget
from tests.browser.test_editing import sign_in

pytestmark = pytest.mark.browser

YEARS = [
    (basis, year) for basis in ("当初予算", "補正予算", "執行額") for year in range(2031, 2101)
]
ROWS = ["施策,年度,区分,金額（百万円）", *(f"iter,{year},{basis},7" for basis, year in YEARS[:200])]


def _far():
    return YearlyBudget.objects.filter(fiscal_year__gte=2031, program__code="iter")


def test_a_sheet_from_japanese_excel_is_previewed_imported_and_undone(page):
    sign_in(page)
    page.goto("/admin/programs/yearlybudget/")
    page.get_by_role("link", name="表を取り込む").click()
    content = "\r\n".join(ROWS).encode("cp932")
    page.get_by_label("ファイル").set_input_files(
        {"name": "予算.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="確かめる").click()

    understood = page.locator(".import-understood")
    expect(understood).to_contain_text("Shift_JIS（CP932） の CSV、1行目を見出し、単位 百万円")
    expect(page.locator(".import-kinds [aria-current]")).to_have_text("新規 200 件")
    expect(page.locator(".import-preview tbody tr")).to_have_count(100)
    page.get_by_role("link", name="次の100行").click()
    expect(page.locator(".import-preview tbody tr").last).to_contain_text("7,000,000")

    page.get_by_role("button", name="すべて取り込む（200 件）").click()
    expect(page.locator(".import-done")).to_contain_text("に書き込みました: 年度予算 200 件。")
    assert _far().count() == 200

    page.get_by_role("button", name="元に戻すものを確かめる").click()
    expect(page.locator(".import-kinds [aria-current]")).to_have_text("削除 200 件")
    page.get_by_role("button", name="200 件を元に戻す").click()
    expect(page.locator(".import-done")).to_contain_text("に元に戻しました: 年度予算 200 件。")
    assert _far().count() == 0


def test_a_heading_nobody_knows_is_asked_for_on_a_narrow_screen(narrow_page):
    page = narrow_page
    sign_in(page)
    page.goto("/admin/programs/program/import/")
    page.get_by_label("または、Excelから写したセル").fill(
        "コード\t略称\tひみつ\nsatreps\tSATREPS\t1"
    )
    page.get_by_role("button", name="確かめる").click()
    page.get_by_label("C列「ひみつ」").select_option("使わない")
    page.get_by_role("button", name="続ける").click()
    expect(page.locator(".import-nothing")).to_have_text("変更はありません。")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]


def workbook(*sheets):
    """Return a workbook of (title, rows, merged ranges)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows, merges in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for merge in merges:
            sheet.merge_cells(merge)
    return book


def content_of(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Clicks:
    """Counts what an editor clicks: to choose the file is one, and each control after it."""

    def __init__(self, page, records, book):
        self.page = page
        self.count = 1
        page.goto(f"/admin/{records}/import/")
        page.get_by_label("ファイル").set_input_files(
            {"name": "表.xlsx", "mimeType": "application/zip", "buffer": content_of(book)}
        )
        self.press("確かめる")

    def press(self, name):
        self.count += 1
        self.page.get_by_role("button", name=name).click()

    def choose(self, label, option):
        self.count += 1
        self.page.get_by_label(label).select_option(label=option)

    def answer(self, heading, button):
        expect(self.page.locator(".import-question h2")).to_have_text(heading)
        self.press(button)

    def ends(self, words):
        expect(self.page.locator(".import-done")).to_contain_text(words)
        assert self.count <= 6


SATREPS = "地球規模課題対応国際科学技術協力プログラム"


def test_three_rows_of_headings_are_confirmed_in_six_clicks(page):
    sign_in(page)
    rows = [
        ["国際関係予算の推移"],
        ["（単位：百万円）"],
        ["番号", "事業名", "予算額", None, None, None],
        [None, None, "令和13年度", None, "令和14年度", None],
        [None, None, "当初", "執行", "当初", "執行"],
        [1, SATREPS, 1790, 1765, 1802, 1788],
    ]
    merges = ["A3:A5", "B3:B5", "C3:F3", "C4:D4", "E4:F4"]
    clicks = Clicks(page, "programs/yearlybudget", workbook(("一覧", rows, merges)))
    clicks.answer("この見出しは、どの列ですか", "残りは使わない")
    expect(page.locator(".import-preview")).to_contain_text("1,790,000,000（17.9億円）")
    clicks.press("すべて取り込む（4 件）")
    clicks.ends("年度予算 4 件。")


def test_a_total_below_a_programme_without_amount_is_left_out_in_six_clicks(page):
    sign_in(page)
    rows = [
        ["府省", "事業名", "令和15年度当初予算（百万円）", "備考"],
        ["文部科学省", SATREPS, 1790, None],
        [None, "外国人特別研究員事業", "内数", None],
        ["合計", None, 1790, None],
    ]
    book = workbook(("合計", rows, ["A2:A3", "A4:B4"]))
    clicks = Clicks(page, "programs/yearlybudget", book)
    clicks.answer("この見出しは、どの列ですか", "残りは使わない")
    expect(page.locator(".import-notices")).to_contain_text("合計の行 1 行を除きました（4行目）。")
    page.locator(".import-decide button").first.wait_for()
    clicks.press("取り込む")
    clicks.ends("年度予算 1 件。")


def test_years_in_headings_of_budgets_ask_for_the_kind_in_six_clicks(page):
    sign_in(page)
    rows = [
        ["予算額の推移（百万円）"],
        ["事業名", "令和17年度予算額", "令和18年度予算案"],
        [SATREPS, 1790, 1802],
    ]
    clicks = Clicks(page, "programs/yearlybudget", workbook(("推移", rows, [])))
    expect(page.locator(".import-question h2")).to_have_text("すべての行に共通の値は何ですか")
    clicks.choose("区分", "当初予算")
    clicks.press("続ける")
    expect(page.locator(".import-decided").first).to_contain_text("「区分」は 当初予算")
    clicks.press("すべて取り込む（2 件）")
    clicks.ends("年度予算 2 件。")


def test_a_sheet_for_each_ministry_is_taken_in_one_plan_in_six_clicks(page):
    sign_in(page)
    heading = ["事業名", "令和19年度当初予算額（百万円）", "担当課"]
    book = workbook(
        ("表紙", [["国際関係予算"], ["令和19年度"]], []),
        ("文部科学省", [heading, [SATREPS, 1802, "○○課"]], []),
        ("経済産業省", [heading, ["大学の世界展開力強化事業", 12, "○○課"]], []),
    )
    clicks = Clicks(page, "programs/yearlybudget", book)
    expect(page.locator(".import-tables input:checked")).to_have_count(2)
    clicks.answer("どの表を取り込みますか", "続ける")
    clicks.answer("この見出しは、どの列ですか", "残りは使わない")
    expect(page.locator(".import-notices")).to_contain_text("表紙")
    clicks.press("すべて取り込む（2 件）")
    clicks.ends("年度予算 2 件。")


def test_a_coloured_figure_is_confirmed_in_six_clicks(narrow_page):
    page = narrow_page
    sign_in(page)
    rows = [
        ["区分", "施策・出来事", 2022, 2023],
        ["施策等", SATREPS, None, None],
    ]
    book = workbook(("年表", rows, []))
    book["年表"]["C2"].fill = PatternFill("solid", fgColor="FF9BC2E6")
    clicks = Clicks(page, "timeline/timelinerow", book)
    clicks.choose("年表", "2023-kokusai（国際活動）")
    clicks.press("続ける")
    expect(page.locator(".import-notices")).to_contain_text("色は読みません")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    clicks.press("取り込む")
    clicks.ends("年表の行 1 件。")
