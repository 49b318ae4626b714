"""Every page in Chromium under the Content-Security-Policy: nothing asks for what it refuses."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from chapters.models import Chapter
from programs.models import Organization, Program, Theme
from spreadsheets.models import ColumnMemory, ImportJob
from spreadsheets.pages import long_work
from tests.addresses import (
    admin_addresses,
    pattern_names,
    public_files,
    public_pages,
    registered,
)
from tests.browser.conftest import WIDE, watched_page
from tests.browser.test_editing import sign_in
from timeline.models import Timeline

pytestmark = pytest.mark.browser

TELL = """
addEventListener("securitypolicyviolation", (event) => {
  tellViolation(`${location.pathname}: ${event.violatedDirective} ${event.blockedURI}`);
}, true);
"""
# Answers that are no pages of their own: data, scripts, redirects, and steps that take a POST.
NO_PAGES = {
    "admin:autocomplete",
    "admin:jsi18n",
    "admin:view_on_site",
    "admin:logout",
    "admin:",  # the old address of a change page, and whatever is not found
    "admin:spreadsheets_importjob_errors",
    "admin:spreadsheets_importjob_drop",
    "admin:spreadsheets_importjob_plan",
}
# Opened below by what an editor does.
BY_JOURNEY = {
    *(
        f"admin:spreadsheets_importjob_{step}"
        for step in (
            *("reading", "columns", "tables", "unit", "constants", "apply", "undo"),
            *("read-as", "shared", "revoke"),
        )
    ),
    *(f"admin:spreadsheets_importjob_{page}" for page in ("change", "history", "delete")),
    *(f"admin:spreadsheets_columnmemory_{page}" for page in ("change", "history", "delete")),
}
OF_THE_SITE = ("index", "login", "password_change", "password_change_done")


@pytest.fixture(autouse=True, scope="module")
def a_record_of_each_kind(site):
    """What chapter 9 has none of, so that there are pages to open."""
    Theme.objects.create(code="kokusai", name_ja="国際", name_en="International")
    Group.objects.create(name="編集者")


def listen(page) -> list[str]:
    """Return a list that grows with each violation on any page opened in this one."""
    told = []
    page.context.expose_function("tellViolation", lambda words: told.append(words))
    page.context.add_init_script(TELL)
    return told


@pytest.fixture
def policed(browser, site):
    """A page that fails the test at its end if the policy refused anything, and says where."""
    with watched_page(browser, site, WIDE) as page:
        told = listen(page)
        yield page
        page.evaluate("1")  # what was told before arrives before this answer
        assert told == []


def open_all(page, addresses):
    for address in addresses:
        page.goto(address, wait_until="load")
        page.evaluate("() => new Promise(requestAnimationFrame)")


def test_a_script_and_a_style_put_into_a_page_are_refused_and_told(browser, site):
    context = browser.new_context(base_url=site)
    page = context.new_page()
    told, said = listen(page), []
    page.on("console", lambda message: said.append(message.text))
    for address in ("/programs/", "/admin/login/"):
        page.goto(address)
        page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.isRun = true";
                document.head.append(script);
                document.body.setAttribute("style", "color: red");
            }"""
        )
        assert page.evaluate("window.isRun") is None
        assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"
    context.close()
    assert told == [
        "/programs/: script-src-elem inline",
        "/programs/: style-src-attr inline",
        "/admin/login/: script-src-elem inline",
        "/admin/login/: style-src-attr inline",
    ]
    assert sum("violates the following Content Security Policy" in text for text in said) == 4


def test_no_public_page_violates_the_policy(browser, site):
    context = browser.new_context(base_url=site)
    page = context.new_page()
    told, said = listen(page), []
    page.on("console", lambda message: said.append(message.text))
    open_all(page, public_pages())
    context.close()
    assert told == []
    # A page that is not found is an error of the console, and the only one expected.
    assert {text for text in said if "404" not in text} == set()


def test_what_the_script_of_a_figure_does_is_allowed(policed):
    policed.goto("/chapters/2023/kokusai/timeline/")
    policed.locator("tr.row-program td").first.focus()
    expect(policed.locator(".timeline-tip")).to_be_visible()
    with policed.expect_response(re.compile("/row/")):
        policed.keyboard.press("Enter")
    policed.locator("select[name=tier]").select_option(index=1)
    policed.keyboard.press("Escape")


@pytest.mark.parametrize("extension", ["svg", "png", "json"])
def test_a_file_of_a_figure_shows_by_itself(policed, extension):
    shown = [address for address in public_files() if address.endswith(extension)]
    assert len(shown) == 4
    open_all(policed, shown)
    if extension == "svg":
        style = "getComputedStyle(document.documentElement).maxWidth"
        assert policed.evaluate(style) == "100%"


def test_every_pattern_of_the_admin_is_opened_by_a_test(site):
    opened = {name for model in registered() for name in admin_addresses(model)}
    opened |= {f"admin:{name}" for name in OF_THE_SITE}
    opened |= {"admin:app_list", "admin:auth_user_password_change"}
    assert pattern_names(is_admin=True) - opened - BY_JOURNEY == NO_PAGES
    assert {name for name in opened if name not in pattern_names(is_admin=True)} == set()


def test_pages_around_the_records_of_the_admin_violate_nothing(policed):
    policed.goto("/admin/")
    sign_in(policed)
    user = ImportJob._meta.get_field("owner").related_model.objects.get()
    open_all(
        policed,
        [
            *(reverse(f"admin:{name}") for name in OF_THE_SITE),
            reverse("admin:app_list", args=["programs"]),
            reverse("admin:auth_user_password_change", args=[user.pk]),
        ],
    )


@pytest.mark.parametrize("model", registered(), ids=lambda model: model._meta.label)
def test_no_page_of_a_record_in_the_admin_violates_the_policy(policed, model):
    sign_in(policed)
    addresses = admin_addresses(model)
    refused = {name for name in addresses if not may_open(name)}
    open_all(policed, [path for name, path in addresses.items() if name not in refused])
    open_all(policed, [f"{addresses[name]}?q=国際" for name in addresses if "changelist" in name])


def may_open(name) -> bool:
    """Tell whether an administrator may: nobody adds or deletes releases and imports by hand."""
    read_only = ("chapters_release", "spreadsheets_importjob")
    refused = {f"admin:{each}_{page}" for each in read_only for page in ("add", "delete")}
    return name not in refused | {"admin:spreadsheets_columnmemory_add"}


def test_what_an_editor_does_in_a_form_is_allowed(policed):
    """Calendar, autocomplete, a further row, a record added in a pop-up, errors, saving."""
    sign_in(policed)
    policed.goto(f"/admin/programs/program/{Program.objects.get(code='satreps').pk}/change/")
    policed.locator(".field-lead_organization .select2-selection").click()
    expect(policed.locator(".select2-results__option").first).to_be_visible()
    policed.keyboard.press("Escape")
    policed.locator("#names-group .add-row a").click()
    policed.locator("[name=names-0-name]").fill("SATREPSプログラム")
    with policed.expect_popup() as opened:
        policed.locator("#add_id_lead_organization").click()
    popup = opened.value
    popup.locator("[name=name_ja]").fill("試験の組織")
    popup.locator("[name=code]").fill("shiken")
    with popup.expect_event("close"):
        popup.locator("[name=_save]").click()
    expect(policed.locator(".field-lead_organization")).to_contain_text("試験の組織")
    policed.locator("[name=start_fiscal_year]").fill("1")
    policed.locator("[name=_save]").first.click()
    expect(policed.locator(".errorlist").first).to_be_visible()
    policed.locator("[name=start_fiscal_year]").fill("2008")
    policed.locator("[name=_save]").first.click()
    expect(policed.locator(".messagelist .success")).to_be_visible()
    policed.locator(".action-select").first.check()
    policed.locator("[name=action]").select_option("delete_selected")
    policed.locator("[name=index]").click()
    expect(policed.locator("#content h1, #content h2").first).to_be_visible()


def test_the_calendar_opens(policed):
    sign_in(policed)
    policed.goto("/admin/programs/source/add/")
    policed.locator(".datetimeshortcuts a").nth(1).click()
    expect(policed.locator(".calendarbox").first).to_be_visible()


def test_editing_a_timeline_with_its_live_figure_is_allowed(policed):
    sign_in(policed)
    timeline = Timeline.objects.get()
    with policed.expect_response("**/figure/"):
        policed.goto(f"/admin/timeline/timeline/{timeline.pk}/change/")
    with policed.expect_response("**/figure/"):
        policed.locator("#rows-1 [name$=printed_label]").fill("別の名")
        policed.keyboard.press("Tab")
    expect(policed.locator(".figure-state")).to_have_text("保存していない変更を含む図")
    policed.locator("#rows-1 [name$=printed_label]").focus()
    policed.keyboard.press("Alt+ArrowDown")
    policed.goto(f"/admin/timeline/timeline/add-rows/?timeline={timeline.pk}")
    policed.get_by_label("施策・出来事").fill("SATREPS\nない施策")
    policed.locator("[type=submit]").last.click()
    expect(policed.locator("#content")).to_contain_text("ない施策")


def test_publishing_is_allowed(policed):
    sign_in(policed)
    chapter = Chapter.objects.get()
    policed.goto(f"/admin/chapters/chapter/{chapter.pk}/publish/")
    policed.get_by_label("変更の説明").fill("確かめ")
    policed.get_by_role("button", name="公開する").click()
    expect(policed.locator(".messagelist")).to_be_visible()


def paste(page, text, sheet="organization"):
    page.goto(f"/admin/programs/{sheet}/import/")
    page.get_by_label("または、Excelから写したセル").fill(text)
    page.get_by_role("button", name="確かめる").click()


def test_every_page_of_an_import_is_allowed(policed, monkeypatch):
    sign_in(policed)
    paste(policed, "コード\t名称\tひみつ\nshiken-1\t試験1\t1")
    policed.get_by_label("C列「ひみつ」").select_option("使わない")
    policed.locator("[name=remember]").check()
    policed.get_by_role("button", name="続ける").click()
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("新規 1 件")
    job = ImportJob.objects.first()
    open_all(policed, [reverse("admin:spreadsheets_importjob_reading", args=[job.pk])])
    policed.go_back()
    # From here on every work takes long enough to show how far it is.
    monkeypatch.setattr(long_work, "QUIET_SECONDS", 0)
    policed.get_by_role("button", name="すべて取り込む（1 件）").click()
    expect(policed.locator(".import-done")).to_contain_text("に書き込みました: 組織 1 件。")
    policed.get_by_role("button", name="元に戻すものを確かめる").click()
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("削除 1 件")
    policed.get_by_role("button", name="1 件を元に戻す").click()
    expect(policed.locator(".import-done")).to_contain_text("に元に戻しました: 組織 1 件。")
    assert not Organization.objects.filter(code="shiken-1").exists()
    paste(policed, "施策\t金額（円）\nsatreps\t1000", "yearlybudget")
    policed.get_by_label("年度").fill("2031")
    policed.get_by_label("区分").select_option("当初予算")
    policed.get_by_role("button", name="続ける").click()
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("新規 1 件")
    policed.get_by_text("出典をまとめて付ける").click()
    policed.locator("[name=recent]").select_option(index=1)
    policed.get_by_role("button", name="付けて、もう一度確かめる").click()
    policed.get_by_role("button", name="取り消す").last.click()
    expect(policed.get_by_text("出典をまとめて付ける")).to_be_visible()
    paste(policed, "施策\t年度\t区分\t金額\nsatrepz\t2031\t当初予算\t1000", "yearlybudget")
    policed.get_by_label("千円 —").check()
    policed.get_by_role("button", name="続ける").click()
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("誤り 1 行")
    policed.get_by_label("代わりに読む値").fill("satreps")
    policed.get_by_role("button", name="この値と読む").click()
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("新規 1 件")
    paste(policed, "コード\t名称\nだめなコード\t試験3\nshiken-4\t試験4")
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("誤り 1 行")


def test_pages_of_a_job_and_of_what_it_remembers_are_allowed(policed):
    sign_in(policed)
    paste(policed, "コード\t名称\tないしょ\nshiken-5\t試験5\t1")
    policed.get_by_label("C列「ないしょ」").select_option("使わない")
    policed.get_by_role("button", name="続ける").click()
    expect(policed.locator(".import-kinds [aria-current]")).to_have_text("新規 1 件")
    ColumnMemory.objects.create(resource="organizations", heading_key="ないしょ")
    for model in (ImportJob, ColumnMemory):
        addresses = admin_addresses(model)
        assert {name.rsplit("_", 1)[1] for name in addresses} >= {"change", "history"}
        open_all(policed, [path for name, path in addresses.items() if may_open(name)])


def test_signing_out_and_a_wrong_password_are_allowed(policed):
    sign_in(policed)
    policed.locator("#logout-form button").click()
    policed.goto("/admin/")
    policed.get_by_label("ユーザー名").fill("tanaka")
    policed.get_by_label("パスワード").fill("chigau")
    policed.keyboard.press("Enter")
    expect(policed.locator(".errornote")).to_be_visible()
