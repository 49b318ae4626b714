"""What one editor typed is never overwritten by what another page showed before."""

import threading
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from chapters.importing import import_chapter
from chapters.models import Chapter, Footnote, Release, Section
from programs.models import Organization
from records.admin.saving_in_turn import SavesInTurn, ShowsValues
from records.admin.shown_values import ShownForm, ShownFormSet
from records.changes import subscribe
from spreadsheets.importing import plan_job, start_job
from spreadsheets.models import ImportJob
from spreadsheets.writing.applying import IsStale, apply_job
from tests.admin_forms import deletion, form_data
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


def test_the_newest_record_of_the_past_does_not_replace_what_came_after_it(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "一。"})
    newest = section.history.first()
    address = reverse("admin:chapters_section_simple_history", args=[section.pk, newest.pk])
    form = sato.get(address).context["adminform"].form
    typed = {bound.html_name: bound.value() for bound in form}
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "二。"})
    page = sato.post(address, typed)
    assert page.status_code == 200
    assert f'href="/admin/chapters/section/{section.pk}/change/"' in words(page)
    section.refresh_from_db()
    assert section.body_ja == "二。"


@pytest.mark.parametrize(
    "rights", [["view"], ["view", "add"], ["view", "delete"], ["view", "add", "delete"]]
)
@pytest.mark.parametrize(("parent", "part"), [("chapter", "section"), ("timeline", "timelinerow")])
def test_who_may_not_change_the_rows_leaves_them_in_their_places(who, client, rights, parent, part):
    user = User.objects.create_user("part", is_staff=True)
    names = [f"change_{parent}", f"view_{parent}", *(f"{right}_{part}" for right in rights)]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    record = getattr(who, parent)
    rows = record.sections if parent == "chapter" else record.rows
    before = list(rows.order_by("pk").values_list("pk", "position"))
    assert saved(client, record, opened(client, record)).status_code == 302
    assert list(rows.order_by("pk").values_list("pk", "position")) == before


def test_two_rows_without_a_position_both_find_a_place(who, tanaka, sato):
    count = who.chapter.sections.count()
    for client, anchor in ((tanaka, "a"), (sato, "b")):
        who.__dict__.setdefault("typed", {})[anchor] = opened(client, who.chapter) | {
            "sections-TOTAL_FORMS": str(count + 1),
            f"sections-{count}-position": "",
            f"sections-{count}-level": "2",
            f"sections-{count}-anchor": anchor,
            f"sections-{count}-heading_ja": anchor,
            f"sections-{count}-chapter": who.chapter.pk,
        }
    assert saved(tanaka, who.chapter, who.typed["a"]).status_code == 302
    assert saved(sato, who.chapter, who.typed["b"]).status_code == 302
    anchors = list(who.chapter.sections.order_by("position").values_list("anchor", flat=True))
    assert anchors[-2:] == ["a", "b"]


def test_a_row_with_outer_blanks_that_nobody_touched_stops_nobody(who, tanaka, sato):
    section, other = who.chapter.sections.order_by("position")[:2]
    Section.objects.filter(pk=section.pk).update(body_ja="　字下げ。\n", heading_ja=" 見出し ")
    typed = opened(sato, who.chapter) | {"sections-1-body_ja": "佐藤。"}
    Section.objects.filter(pk=section.pk).update(body_ja="田中。")
    assert saved(sato, who.chapter, typed).status_code == 302
    section.refresh_from_db()
    other.refresh_from_db()
    assert (section.body_ja, other.body_ja) == ("田中。", "佐藤。")


def test_a_line_that_is_set_in_stays_set_in(who, tanaka):
    section = who.chapter.sections.first()
    typed = opened(tanaka, section)
    saved(tanaka, section, typed | {"body_ja": "　字下げ。\r\n　次の行。"})
    section.refresh_from_db()
    assert section.body_ja == "　字下げ。\n　次の行。"
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": " 　\n"})
    section.refresh_from_db()
    assert section.body_ja == ""


def test_signing_in_stops_no_form_of_the_account(who, tanaka):
    reader = User.objects.create_user("reader", is_staff=True)
    typed = opened(tanaka, reader) | {"first_name": "花子"}
    Client().force_login(reader)
    User.objects.filter(pk=reader.pk).update(last_login=NOW)
    assert saved(tanaka, reader, typed).status_code == 302


def test_what_was_seen_stays_seen_while_another_field_is_mended(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    typed = opened(sato, section) | {"body_ja": "佐藤。"}
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "田中。"})
    page = saved(sato, section, typed)
    seen = {"shown_accepted": page.context["adminform"].form.now, "heading_ja": ""}
    page = saved(sato, section, typed | seen)
    assert page.status_code == 200
    shown = page.context["adminform"].form["shown"].value()
    assert saved(sato, section, typed | {"shown": shown}).status_code == 302


def test_who_may_not_add_a_record_reads_what_was_typed_of_one_that_is_gone(who, client):
    user = User.objects.create_user("part", is_staff=True)
    names = ["change_organization", "view_organization"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    body = Organization.objects.create(code="new-body", name_ja="新しい機構")
    typed, address = opened(client, body) | {"name_ja": "<佐藤の機構>"}, url(body)
    body.delete()
    page = client.post(address, typed)
    assert page.status_code == 409
    assert "&lt;佐藤の機構&gt;</textarea>" in words(page)


def test_a_history_without_the_last_write_names_nobody(who, tanaka, sato):
    section = who.chapter.sections.get(anchor="meetings")
    saved(tanaka, section, opened(tanaka, section) | {"body_ja": "田中。"})
    typed = opened(sato, section) | {"body_ja": "佐藤。"}
    Section.objects.filter(pk=section.pk).update(body_ja="命令で書いた。")
    assert "別の人か取込みが保存しました" in words(saved(sato, section, typed))


def test_a_record_that_changed_since_its_page_of_deletion_is_shown_again(who, tanaka):
    section = who.chapter.sections.first()
    page = url(section, "delete")
    typed = deletion(tanaka, page)
    Section.objects.filter(pk=section.pk).update(body_ja="田中の段落。")
    answer = tanaka.post(page, typed, follow=True)
    assert "確認の画面を開いた後に内容が変わったので、削除しませんでした。" in words(answer)
    assert Section.objects.filter(pk=section.pk).exists()
    tanaka.post(page, {"post": "yes"})
    assert Section.objects.filter(pk=section.pk).exists()
    tanaka.post(page, deletion(tanaka, page))
    assert not Section.objects.filter(pk=section.pk).exists()


def test_a_part_that_changed_keeps_what_it_belongs_to(who, tanaka):
    Release.objects.all().delete()
    typed = deletion(tanaka, url(who.chapter, "delete"))
    who.chapter.sections.update(heading_en="Changed")
    tanaka.post(url(who.chapter, "delete"), typed)
    assert Chapter.objects.filter(pk=who.chapter.pk).exists()
    tanaka.post(url(who.chapter, "delete"), deletion(tanaka, url(who.chapter, "delete")))
    assert not Chapter.objects.filter(pk=who.chapter.pk).exists()


def test_records_chosen_in_a_list_that_changed_are_not_deleted_nor_logged(who, tanaka):
    page = "/admin/chapters/footnote/"
    pks = list(map(str, who.chapter.footnotes.values_list("pk", flat=True)))
    typed = deletion(tanaka, page, action="delete_selected", _selected_action=pks)
    Footnote.objects.filter(pk=pks[0]).update(body_ja="田中の注。")
    answer = tanaka.post(page, typed, follow=True)
    assert "確認の画面を開いた後に内容が変わったので" in words(answer)
    assert Footnote.objects.count() == len(pks)
    assert not LogEntry.objects.exists()
    typed = deletion(tanaka, page, action="delete_selected", _selected_action=pks)
    tanaka.post(page, typed)
    assert Footnote.objects.count() == 0


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
        if record_admin.model not in (Release, ImportJob)  # which nobody changes
    ),
    key=lambda record_admin: record_admin.model._meta.label,
)


@pytest.mark.parametrize("record_admin", CONTENT, ids=lambda each: each.model.__name__)
def test_every_form_and_inline_of_the_admin_saves_in_turn(record_admin):
    assert isinstance(record_admin, SavesInTurn)
    assert not record_admin.list_editable
    for form in (record_admin.form, getattr(record_admin, "add_form", ShownForm)):
        assert issubclass(form, ShownForm)
    for inline in record_admin.inlines:
        assert issubclass(inline, ShowsValues)
        assert issubclass(inline.form, ShownForm)
        assert issubclass(inline.formset, ShownFormSet)


@pytest.mark.parametrize("record_admin", CONTENT, ids=lambda each: each.model.__name__)
def test_a_form_left_as_it_was_shown_overwrites_nothing(record_admin, who, tanaka):
    record = record_admin.model._default_manager.first()
    if record is None:
        pytest.skip("none of the cast")
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
def test_a_save_and_an_import_at_once_wait_for_each_other(number):
    who = cast()
    notes = list(who.chapter.footnotes.order_by("id"))
    client = editor("tanaka")
    typed = opened(client, who.chapter) | {
        f"footnotes-{place}-body_ja": "田中。" for place in range(len(notes))
    }
    rows = "".join(f"2023/kokusai,{note.key},取込み。\n" for note in reversed(notes))
    job = planned(f"章,キー,本文\n{rows}")
    start, ends = threading.Barrier(2), {}

    def save():
        start.wait()
        ends["save"] = saved(client, who.chapter, typed).status_code
        connection.close()

    def apply():
        start.wait()
        try:
            apply_job(job.pk, Footnote, user=None, now=NOW)
            ends["import"] = "written"
        except IsStale:
            ends["import"] = "stale"
        connection.close()

    threads = [threading.Thread(target=work) for work in (save, apply)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends in ({"save": 302, "import": "stale"}, {"save": 200, "import": "written"})
    bodies = set(Footnote.objects.values_list("body_ja", flat=True))
    assert bodies == ({"田中。"} if ends["save"] == 302 else {"取込み。"})


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
