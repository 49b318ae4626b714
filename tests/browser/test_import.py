import pytest
from playwright.sync_api import expect

from programs.models import YearlyBudget
from tests.browser.test_editing import sign_in

pytestmark = pytest.mark.browser

YEARS = [
    (basis, year) for basis in ("当初予算", "補正予算", "執行額") for year in range(2031, 2101)
]
ROWS = ["施策,年度,区分,金額（百万円）", *(f"iter,{year},{basis},7" for basis, year in YEARS[:200])]


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
    expect(page.locator(".import-kinds [aria-current]")).to_have_text("新規 200")
    expect(page.locator(".import-preview tbody tr")).to_have_count(100)
    page.get_by_role("link", name="次の100行").click()
    expect(page.locator(".import-preview tbody tr").last).to_contain_text("7,000,000")

    page.get_by_role("button", name="すべて取り込む（200 行）").click()
    expect(page.locator(".import-done")).to_contain_text("200 行を書き込みました。")
    assert YearlyBudget.objects.filter(fiscal_year__gte=2031).count() == 200

    page.get_by_role("button", name="元に戻す行を確かめる").click()
    expect(page.locator(".import-kinds [aria-current]")).to_have_text("削除 200")
    page.get_by_role("button", name="200 行を元に戻す").click()
    expect(page.locator(".import-done")).to_contain_text("200 行を書き込みました。")
    assert YearlyBudget.objects.filter(fiscal_year__gte=2031).count() == 0


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
