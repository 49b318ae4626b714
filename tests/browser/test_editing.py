import pytest
from playwright.sync_api import expect

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
