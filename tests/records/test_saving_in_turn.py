"""What one editor typed is never overwritten by what another page showed before."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from chapters.importing import import_chapter
from chapters.models import Chapter, Footnote, Section
from programs.models import Organization
from records.changes import subscribe
from records.saving_in_turn import SavesInTurn, ShowsValues
from spreadsheets.importing import plan_job, start_job
from spreadsheets.writing.applying import IsStale, apply_job
from tests.admin_forms import form_data
from tests.cast import cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
ROUNDS = 20


def url(record, page="change"):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=[record.pk])


def editor(name):
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


@pytest.fixture
def who():
    return cast()


@pytest.fixture
def tanaka(who):
    return editor("tanaka")


@pytest.fixture
def sato(who):
    return editor("sato")


def opened(client, record):
    """What a browser posts of the form as it is shown now."""
    return form_data(client.get(url(record)))


def saved(client, record, typed):
    return client.post(url(record), typed)


def words(response):
    return response.content.decode()


def test_the_second_save_is_stopped_and_keeps_what_was_typed(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    first, second = opened(tanaka, section), opened(sato, section)
    assert saved(tanaka, section, first | {"body_ja": "田中の段落。"}).status_code == 302
    page = saved(sato, section, second | {"body_ja": "佐藤の段落。"})
    assert page.status_code == 200
    section.refresh_from_db()
    assert section.body_ja == "田中の段落。"
    assert "佐藤の段落。</textarea>" in words(page)
    assert "今の値: 「田中の段落。」" in words(page)
    assert "この画面を開いた後に、「tanaka」が" in words(page)
    assert "入力は残っていて、まだ保存していません。" in words(page)


def test_an_english_editor_is_told_in_english(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    second = opened(sato, section)
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "田中の段落。"})
    with override("en"):
        page = sato.post(url(section), second | {"body_ja": "佐藤の段落。"})
    assert "tanaka saved this after you opened the page" in words(page)


def test_a_value_is_replaced_only_by_who_says_so_having_seen_it(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    typed = opened(sato, section) | {"body_ja": "佐藤の段落。"}
    for body in ("一。", "二。"):
        saved(tanaka, section, opened(tanaka, section) | {"body_ja": body})
    page = saved(sato, section, typed)
    seen = {"shown_accepted": page.context["adminform"].form.now}
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "三。"})
    assert "今の値: 「三。」" in words(saved(sato, section, typed | seen))
    page = saved(sato, section, typed)
    seen = {"shown_accepted": page.context["adminform"].form.now}
    assert saved(sato, section, typed | seen).status_code == 302
    section.refresh_from_db()
    assert section.body_ja == "佐藤の段落。"


def test_rows_of_one_form_that_two_people_edit_are_both_kept(who, tanaka, sato):
    first, second = opened(tanaka, who.chapter), opened(sato, who.chapter)
    assert saved(tanaka, who.chapter, first | {"sections-0-body_ja": "田中。"}).status_code == 302
    assert saved(sato, who.chapter, second | {"sections-1-body_ja": "佐藤。"}).status_code == 302
    bodies = who.chapter.sections.order_by("position").values_list("body_ja", flat=True)
    assert list(bodies[:2]) == ["田中。", "佐藤。"]


def test_the_same_row_in_two_forms_is_stopped(who, tanaka, sato):
    second = opened(sato, who.chapter) | {"footnotes-0-body_ja": "佐藤の注。"}
    note = who.chapter.footnotes.order_by("id").first()
    saved(tanaka, note, opened(tanaka, note) | {"body_ja": "田中の注。"})
    page = saved(sato, who.chapter, second | {"title_ja": "佐藤の題"})
    assert page.status_code == 200
    assert "佐藤の注。</textarea>" in words(page)
    note.refresh_from_db()
    assert note.body_ja == "田中の注。"
    assert Chapter.objects.get(pk=who.chapter.pk).title_ja == "国際活動"


def test_a_row_that_changed_is_not_deleted_by_a_form_opened_before(who, tanaka, sato):
    second = opened(sato, who.chapter) | {"footnotes-0-DELETE": "on"}
    note = who.chapter.footnotes.order_by("id").first()
    saved(tanaka, note, opened(tanaka, note) | {"body_ja": "田中の注。"})
    page = saved(sato, who.chapter, second)
    assert f"削除の印を付けた行「{note.key}」は、この画面を開いた後に変わりました。" in words(page)
    assert Footnote.objects.filter(pk=note.pk).exists()


def test_a_row_that_is_gone_stops_the_save_and_keeps_the_rest(who, tanaka, sato):
    second = opened(sato, who.chapter) | {"footnotes-0-body_ja": "佐藤の注。"}
    who.chapter.footnotes.order_by("id").first().delete()
    page = saved(sato, who.chapter, second)
    assert "この画面を開いた後に、1行が削除されました。" in words(page)
    assert "佐藤の注。</textarea>" in words(page)


def test_a_record_that_is_gone_is_offered_as_a_new_one(who, tanaka, sato):
    edition = Organization.objects.create(code="new-body", name_ja="新しい機構")
    typed = opened(sato, edition) | {"name_ja": "佐藤の機構"}
    address = url(edition)
    edition.delete()
    page = sato.post(address, typed)
    assert "この記録は、画面を開いた後に削除されました。" in words(page)
    assert 'action="/admin/programs/organization/add/"' in words(page)
    assert sato.post("/admin/programs/organization/add/", typed).status_code == 302
    assert Organization.objects.get(code="new-body").name_ja == "佐藤の機構"


def test_a_chapter_that_is_gone_keeps_its_rows_for_a_new_one(who, sato):
    typed = opened(sato, who.chapter) | {"sections-0-body_ja": "佐藤。"}
    address = url(who.chapter)
    Chapter.objects.all().delete()
    page = sato.post(address, typed)
    assert "佐藤。</textarea>" in words(page)
    assert sato.post("/admin/chapters/chapter/add/", form_data(page)).status_code == 302
    assert Section.objects.get(anchor="joint-research").body_ja == "佐藤。"


def test_a_form_without_its_digest_is_stopped(who, tanaka):
    section = who.chapter.sections.get(anchor="meetings")
    typed = opened(tanaka, section) | {"body_ja": "田中。"}
    del typed["shown"]
    assert saved(tanaka, section, typed).status_code == 200
    assert saved(tanaka, section, typed | {"shown": "0" * 32}).status_code == 200


def test_a_record_of_the_past_does_not_replace_one_that_changed_meanwhile(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "一。"})
    past = section.history.last()
    address = reverse("admin:chapters_section_simple_history", args=[section.pk, past.pk])
    form = sato.get(address).context["adminform"].form
    typed = {bound.html_name: bound.value() for bound in form}
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "二。"})
    page = sato.post(address, typed)
    assert page.status_code == 200
    assert "この画面を開いた後に、「tanaka」が" in words(page)
    section.refresh_from_db()
    assert section.body_ja == "二。"
    form = sato.get(address).context["adminform"].form
    assert sato.post(address, {bound.html_name: bound.value() for bound in form}).status_code == 302


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_form_opened_before_an_import_of_footnotes_is_stopped(who, tanaka, number):
    note = who.chapter.footnotes.order_by("id")[number % 2]
    typed = opened(tanaka, note) | {"body_ja": f"田中{number}。"}
    job = planned(f"章,キー,本文\n2023/kokusai,{note.key},取込み{number}。")
    apply_job(job.pk, Footnote, user=None, now=NOW)
    page = saved(tanaka, note, typed)
    assert f"今の値: 「取込み{number}。」" in words(page)
    assert f"田中{number}。</textarea>" in words(page)
    note.refresh_from_db()
    assert note.body_ja == f"取込み{number}。"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_import_planned_before_a_save_is_stopped(who, tanaka, number):
    note = who.chapter.footnotes.order_by("id")[number % 2]
    job = planned(f"章,キー,本文\n2023/kokusai,{note.key},取込み{number}。")
    saved(tanaka, note, opened(tanaka, note) | {"body_ja": f"田中{number}。"})
    with pytest.raises(IsStale):
        apply_job(job.pk, Footnote, user=None, now=NOW)
    note.refresh_from_db()
    assert note.body_ja == f"田中{number}。"


def planned(sheet):
    return plan_job(start_job("footnotes", sheet.encode(), filename="notes.csv"))


def test_a_form_opened_before_a_manuscript_is_stopped(who, tanaka):
    typed = opened(tanaka, who.chapter) | {"lead_ja": "田中の導入。"}
    manuscript = "## 9 | 国際活動\n\n原稿の導入。\n"
    import_chapter(manuscript, edition_code="2023", number=9, now=NOW)
    page = saved(tanaka, who.chapter, typed)
    assert "今の値: 「原稿の導入。」" in words(page)
    assert Chapter.objects.get(pk=who.chapter.pk).lead_ja == "原稿の導入。"


CONTENT = sorted(
    (
        record_admin
        for record_admin in admin.site._registry.values()
        if type(record_admin).has_change_permission is admin.ModelAdmin.has_change_permission
    ),
    key=lambda record_admin: record_admin.model._meta.label,
)


@pytest.mark.parametrize("record_admin", CONTENT, ids=lambda each: each.model.__name__)
def test_every_form_and_inline_of_the_admin_saves_in_turn(record_admin):
    assert isinstance(record_admin, SavesInTurn)
    assert not record_admin.list_editable
    for inline in record_admin.inlines:
        assert issubclass(inline, ShowsValues) or inline.has_change_permission is not None
        assert issubclass(inline, ShowsValues)


@pytest.mark.parametrize("record_admin", CONTENT, ids=lambda each: each.model.__name__)
def test_a_form_left_as_it_was_shown_overwrites_nothing(record_admin, who, tanaka):
    record = record_admin.model._default_manager.first()
    if record is None or record_admin.model is User:
        pytest.skip("none of the cast, or dates in two parts")
    page = tanaka.get(url(record))
    forms = [page.context["adminform"].form]
    forms += [f for each in page.context["inline_admin_formsets"] for f in each.formset.forms]
    typed = form_data(page)
    for form in forms:
        if form.instance.pk is None:
            continue
        assert form.now
        bound = type(form)(typed, prefix=form.prefix, instance=form.instance)
        bound.full_clean()
        assert bound.digest(bound.cleaned_data) == form.now


def test_who_may_only_look_is_shown_the_form_without_a_digest(who, client):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    for record in (who.chapter, who.satreps, reader):
        page = client.get(url(record))
        assert page.status_code == 200
        assert 'name="shown"' not in words(page)


def test_no_field_cuts_what_is_pasted(who, tanaka):
    page = words(tanaka.get(url(who.chapter)))
    assert "maxlength" not in page
    typed = opened(tanaka, who.chapter) | {"title_ja": "題" * 151}
    page = saved(tanaka, who.chapter, typed)
    assert "題" * 151 in words(page)
    assert "150 文字以下" in words(page)


def test_a_section_of_300_000_characters_is_refused_with_the_bound_and_kept(who, tanaka):
    typed = opened(tanaka, who.chapter) | {"sections-0-body_ja": "字" * 300_000}
    page = saved(tanaka, who.chapter, typed)
    assert page.status_code == 200
    assert "30000字までです（今は300000字）" in words(page)
    assert "字" * 300_000 in words(page)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OperationalError("database is locked"),
            "待っても書き込めませんでした。入力は残っています。",
        ),
        (
            OperationalError("database or disk is full"),
            "ディスクに空きがないため、書き込めません。",
        ),
        (IntegrityError("UNIQUE constraint failed: x"), "先に保存した記録と重なる値"),
        (IntegrityError("FOREIGN KEY constraint failed"), "先に削除したので"),
    ],
)
def test_a_write_that_fails_is_said_and_what_was_typed_is_kept(who, tanaka, error, sentence):
    def fail(change):
        raise error

    typed = opened(tanaka, who.chapter) | {"sections-0-body_ja": "田中。"}
    end = subscribe(fail)
    try:
        page = saved(tanaka, who.chapter, typed)
    finally:
        end()
    assert page.status_code == 200
    assert sentence in words(page)
    assert "田中。</textarea>" in words(page)
    assert not Section.objects.filter(body_ja="田中。").exists()
    assert saved(tanaka, who.chapter, typed).status_code == 302


def test_a_row_in_the_place_of_one_that_came_meanwhile_is_stopped(who, tanaka):
    typed = opened(tanaka, who.chapter) | {
        "sections-TOTAL_FORMS": "4",
        "sections-3-position": "9",
        "sections-3-level": "2",
        "sections-3-anchor": "mine",
        "sections-3-heading_ja": "田中の節",
        "sections-3-chapter": who.chapter.pk,
    }
    typed["sections-TOTAL_FORMS"] = str(who.chapter.sections.count() + 1)
    last = who.chapter.sections.count()
    typed = {k.replace("sections-3-", f"sections-{last}-"): v for k, v in typed.items()} | {
        key: value for key, value in opened(tanaka, who.chapter).items() if "TOTAL" not in key
    }
    Section.objects.create(chapter=who.chapter, position=9, anchor="theirs", heading_ja="別の節")
    page = saved(tanaka, who.chapter, typed)
    assert page.status_code == 200
    assert "先に保存した記録と重なる値" in words(page)
    assert "田中の節" in words(page)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one connection: see test_two_editors")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_saves_at_once_one_is_stopped(number):
    who = cast()
    note = who.chapter.footnotes.first()
    clients = {name: editor(name) for name in ("tanaka", "sato")}
    typed = {name: opened(client, note) | {"body_ja": name} for name, client in clients.items()}
    start, pages = threading.Barrier(2), {}

    def save(name):
        start.wait()
        pages[name] = saved(clients[name], note, typed[name])
        connection.close()

    threads = [threading.Thread(target=save, args=[name]) for name in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(page.status_code for page in pages.values()) == [200, 302]
    (won,) = [name for name, page in pages.items() if page.status_code == 302]
    (lost,) = set(clients) - {won}
    note.refresh_from_db()
    assert note.body_ja == won
    assert f"{lost}</textarea>" in words(pages[lost])
    assert f"今の値: 「{won}」" in words(pages[lost])
