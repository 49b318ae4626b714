import pytest
from playwright.sync_api import expect

from chapters.models import Chapter
from programs.models import Program

pytestmark = pytest.mark.browser


def sign_in(page):
    page.goto("/admin/")
    page.get_by_label("ユーザー名").fill("tanaka")
    page.get_by_label("パスワード").fill("kokusai")
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_contain_text("TANAKA", ignore_case=True)


def test_a_name_changed_in_the_admin_is_what_the_public_reads(page):
    program = Program.objects.get(code="satreps")
    sign_in(page)
    page.goto(f"/admin/programs/program/{program.pk}/change/")
    page.locator("#id_name_ja").fill("地球規模課題の国際共同研究")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/programs/satreps/")
    expect(page.locator("h1")).to_contain_text("地球規模課題の国際共同研究")


def test_an_editor_sees_why_a_programme_cannot_end_before_it_starts(page):
    program = Program.objects.get(code="satreps")
    sign_in(page)
    page.goto(f"/admin/programs/program/{program.pk}/change/")
    page.locator("[name=start_fiscal_year]").fill("2020")
    page.locator("[name=end_fiscal_year]").fill("2010")
    page.locator("[name=end_state]").select_option("known")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".errorlist").first).to_have_text(
        "終了年度が開始年度より前です。どちらかを直してください。"
    )


def test_the_second_of_two_pages_is_stopped_and_replaces_only_when_told_to(page):
    sign_in(page)
    program = Program.objects.get(code="iter")
    address = f"/admin/programs/program/{program.pk}/change/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.locator("#id_summary_ja").fill("先に保存した概要。")
    other.locator("[name=_save]").first.click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    page.locator("#id_summary_ja").fill("後から保存しようとした概要。\n二行目。")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".errorlist").first).to_contain_text("この画面を開いた後に、「tanaka」が")
    expect(page.locator("#id_summary_ja")).to_have_value("後から保存しようとした概要。\n二行目。")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".field-summary_ja .errorlist")).to_have_text(
        "今の値: 「先に保存した概要。」"
    )
    page.get_by_label("の今の値を、この画面の入力で置き換える").check()
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    program.refresh_from_db()
    assert program.summary_ja == "後から保存しようとした概要。\n二行目。"


def test_a_page_left_as_it_is_saves_beside_another_that_changed_it(page):
    sign_in(page)
    chapter = Chapter.objects.get(edition__code="2023")
    address = f"/admin/chapters/chapter/{chapter.pk}/change/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.locator("#id_sections-0-body_en").fill("First.")
    other.locator("[name=_save]").first.click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    page.locator("#id_sections-1-body_en").fill("Second.")
    page.locator("[name=_save]").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    bodies = chapter.sections.order_by("position").values_list("body_en", flat=True)
    assert list(bodies[:2]) == ["First.", "Second."]
