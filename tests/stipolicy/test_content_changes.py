"""Every writer of content tells what it changed: a real write each, held against the database.

`watched` compares the content before and after: whatever differs must have been told, once for
each model and kind, inside the transaction that wrote it.
"""

from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.urls import reverse
from django.utils import timezone

from chapters.releasing.publishing import publish
from programs.models import Organization, Program, Theme
from records.admin import ContentAdmin
from records.changes import Kind, subscribe
from records.saving import save_changed
from spreadsheets.models import ImportJob
from stipolicy.preparation import CONTENT_APPS, load_first_content, record_models
from tests.addresses import ADMIN_PAGES, pattern_names
from tests.admin_forms import deletion, form_data
from tests.cast import cast
from tests.programs.review_tables import EXTRACT, zipped
from tests.spreadsheets.import_pages import confirm, press, upload
from tests.spreadsheets.sheets import bring_in
from timeline.models import TimelineRow

pytestmark = pytest.mark.django_db

UMI = Path(__file__).parents[1] / "samples" / "umi.md"
READ_ONLY = {"Release"}
EDITED = sorted(
    (
        model
        for model in admin.site._registry
        if model in record_models() and model.__name__ not in READ_ONLY
    ),
    key=lambda model: model._meta.label,
)
EACH_RECORD = pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)


def content() -> dict:
    """Return {model: {pk: every column and the links of the row}} of all content."""
    found = {}
    for model in record_models():
        links = model._meta.many_to_many
        columns = [field.attname for field in model._meta.concrete_fields]
        rows = {row[0]: [row] for row in model._base_manager.values_list("pk", *columns)}
        for field in links:
            owner, target = field.m2m_field_name(), field.m2m_reverse_field_name()
            through = field.remote_field.through._base_manager.order_by(owner, target)
            for pk, linked in through.values_list(f"{owner}_id", f"{target}_id"):
                rows[pk].append((field.name, linked))
        found[model] = rows
    return found


def difference(before: dict, after: dict) -> dict[tuple, set]:
    """Return {(model, kind): primary keys} of the rows that are not as they were."""
    found = {}
    for model, rows in after.items():
        old = before[model]
        for kind, pks in (
            (Kind.CREATED, rows.keys() - old.keys()),
            (Kind.DELETED, old.keys() - rows.keys()),
            (Kind.CHANGED, {pk for pk in rows.keys() & old.keys() if rows[pk] != old[pk]}),
        ):
            if pks:
                found[model, kind] = pks
    return found


@contextmanager
def watched():
    """Yield a list of what is told, and hold it against what happened in the database.

    Rows told as changed may be as they were: the admin saves, and keeps history of, whole forms.
    """
    told, before = [], content()
    around = len(connection.atomic_blocks)

    def listen(change):
        assert len(connection.atomic_blocks) > around, "told outside of the write's transaction"
        told.append(change)

    end = subscribe(listen)
    try:
        yield told
    finally:
        end()
    differing = difference(before, content())
    by_kind = {(change.model, change.kind): set(change.pks) for change in told}
    assert len(by_kind) == len(told), "a model and kind told twice"
    assert [each for each in differing if each not in by_kind] == []
    for (model, kind), pks in by_kind.items():
        if kind is Kind.CHANGED:
            assert pks >= differing.get((model, kind), set())
        else:
            assert (model, kind, pks) == (model, kind, differing.get((model, kind)))


def counts(told) -> dict[tuple[str, str], int]:
    return {(change.model.__name__, change.kind.value): len(change.pks) for change in told}


def authors(told) -> set[tuple]:
    return {(change.user_id, change.job_id) for change in told}


def admin_url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def run(command, *arguments):
    call_command(command, *arguments, stdout=StringIO(), stderr=StringIO())


@pytest.fixture
def who():
    return cast()


# What there is to walk: a new page or command must be put here, and given a test of what it tells.


def test_every_record_has_an_admin_that_tells():
    silent = [m.__name__ for m in EDITED if not isinstance(admin.site._registry[m], ContentAdmin)]
    assert silent == []
    nowhere = {m.__name__ for m in record_models()} - {m.__name__ for m in admin.site._registry}
    # Rows of a parent's form, and what only publishing or an import of a manuscript writes.
    assert nowhere == {"Tier", "EventName", "Mention", "ManuscriptImport"}


def test_every_page_of_the_admin_that_may_write_content_is_known():
    usual = tuple(f"_{page}" for page in (*ADMIN_PAGES, "import", "export", "simple_history"))
    apps = tuple(f"admin:{app}_" for app in CONTENT_APPS)
    names = pattern_names(is_admin=True)
    assert {name for name in names if name.startswith(apps) and not name.endswith(usual)} == {
        "admin:chapters_chapter_preview",
        "admin:chapters_chapter_publish",
        "admin:timeline_timeline_add_rows",
        "admin:timeline_timeline_figure",
    }


def test_every_command_is_known():
    ours = ("stipolicy", "chapters", "timeline", "programs", "spreadsheets", "records")
    assert {name for name, app in get_commands().items() if app in ours} == {
        "import_chapter",
        "import_review_sheets",
        "import_sheet",
        "prepare",
        "publish_chapter",
        "undo_import",
    }


# The admin


@EACH_RECORD
def test_a_record_saved_in_the_admin_is_told(admin_client, admin_user, who, model):
    record = model._default_manager.first()
    page = admin_url(model, "change", record.pk)
    data = form_data(admin_client.get(page))
    with watched() as told:
        assert admin_client.post(page, data).status_code == 302
    assert counts(told) == {(model.__name__, "changed"): 1}
    assert authors(told) == {(admin_user.pk, None)}


def test_a_record_added_in_the_admin_is_told_with_its_rows(admin_client, admin_user, who):
    page = admin_url(Program, "add")
    data = form_data(admin_client.get(page)) | {
        "code": "new",
        "name_ja": "新しい施策",
        "organizations": [who.jst.pk],
        "names-TOTAL_FORMS": "1",
        "names-0-kind": "former",
        "names-0-name": "旧い施策",
    }
    with watched() as told:
        assert admin_client.post(page, data).status_code == 302
    assert counts(told) == {("Program", "created"): 1, ("ProgramName", "created"): 1}
    assert authors(told) == {(admin_user.pk, None)}


def test_rows_of_a_form_are_told_by_what_happened_to_each(admin_client, admin_user, who):
    page = admin_url(Program, "change", who.iter.pk)
    data = form_data(admin_client.get(page)) | {
        "organizations": [who.mext.pk],
        "identifiers-0-DELETE": "on",
        "budgets-0-amount_yen": "5",
        "lineage_to-TOTAL_FORMS": "1",
        "lineage_to-0-kind": "renamed",
        "lineage_to-0-to_program": who.sicorp.pk,
        "lineage_from-TOTAL_FORMS": "1",
        "lineage_from-0-kind": "part_of",
        "lineage_from-0-from_program": who.satreps.pk,
    }
    with watched() as told:
        assert admin_client.post(page, data).status_code == 302
    assert counts(told) == {
        ("Program", "changed"): 1,
        ("Lineage", "created"): 2,
        ("ProgramIdentifier", "deleted"): 1,
        ("YearlyBudget", "changed"): 1,
    }
    assert authors(told) == {(admin_user.pk, None)}


def test_rows_of_a_timeline_that_change_places_are_told(admin_client, who):
    page = admin_url(type(who.timeline), "change", who.timeline.pk)
    data = form_data(admin_client.get(page)) | {
        "rows-0-position": "2",
        "rows-1-position": "1",
        "rows-2-DELETE": "on",
    }
    with watched() as told:
        assert admin_client.post(page, data).status_code == 302
    assert counts(told) == {
        ("Timeline", "changed"): 1,
        ("TimelineRow", "changed"): 2,
        ("TimelineRow", "deleted"): 1,
    }


def test_a_form_that_is_refused_tells_nothing(admin_client, who):
    page = admin_url(Program, "change", who.bilateral.pk)
    data = form_data(admin_client.get(page)) | {"end_fiscal_year": "1999"}
    with watched() as told:
        assert admin_client.post(page, data).status_code == 200
    assert told == []


@EACH_RECORD
def test_a_record_deleted_in_the_admin_is_told_with_all_that_goes_along(
    admin_client, admin_user, who, model
):
    deleted = 0
    for record in list(model._default_manager.all()):
        page = admin_url(model, "delete", record.pk)
        confirmed = deletion(admin_client, page)
        with watched() as told:
            is_deleted = admin_client.post(page, confirmed).status_code == 302
        assert ((model.__name__, "deleted") in counts(told)) is is_deleted
        assert authors(told) == ({(admin_user.pk, None)} if is_deleted else set())
        deleted += is_deleted
    # Each of these is needed by another record of the cast.
    needed = {"Edition", "Organization", "Source", "TierScheme", "Timeline"}
    assert deleted or model.__name__ in needed


@EACH_RECORD
def test_records_deleted_in_a_list_are_told_at_once(admin_client, admin_user, who, model):
    TimelineRow.objects.all().delete()  # what others need is then less
    pks = list(model._default_manager.values_list("pk", flat=True))
    page = admin_url(model, "changelist")
    chosen = {"action": "delete_selected", "_selected_action": list(map(str, pks))}
    confirmed = deletion(admin_client, page, **chosen) if pks else chosen
    with watched() as told:
        admin_client.post(page, confirmed)
    gone = set(pks) - set(model._default_manager.values_list("pk", flat=True))
    assert gone == {pk for c in told if (c.model, c.kind) == (model, Kind.DELETED) for pk in c.pks}
    assert authors(told) <= {(admin_user.pk, None)}


def test_a_theme_taken_away_changes_the_programmes_it_was_on(admin_client, admin_user, who):
    page = admin_url(Theme, "delete", who.theme.pk)
    confirmed = deletion(admin_client, page)
    with watched() as told:
        admin_client.post(page, confirmed)
    assert counts(told) == {("Program", "changed"): 1, ("Theme", "deleted"): 1}


def test_a_record_brought_back_to_an_older_state_is_told(admin_client, admin_user, who):
    who.sicorp.abbreviation = "誤り"
    who.sicorp.save()
    oldest = who.sicorp.history.earliest()
    page = admin_url(Program, "simple_history", who.sicorp.pk, oldest.pk)
    form = admin_client.get(page).context["adminform"].form
    data = {b.html_name: b.value() for b in form if b.value() not in (None, False)}
    with watched() as told:
        assert admin_client.post(page, data).status_code == 302
    assert counts(told) == {("Program", "changed"): 1}
    assert authors(told) == {(admin_user.pk, None)}
    with watched() as told:
        admin_client.get(page)
        admin_client.post(page, data | {"code": "よくない"})
    assert told == []


def test_a_deleted_record_brought_back_from_its_history_is_told_as_created(
    admin_client, admin_user
):
    jst = Organization.objects.create(code="jst", name_ja="科学技術振興機構")
    page = admin_url(Organization, "simple_history", jst.pk, jst.history.get().pk)
    form = admin_client.get(page).context["adminform"].form
    data = {b.html_name: b.value() for b in form if b.value() not in (None, False)}
    jst.delete()
    with watched() as told:
        assert admin_client.post(page, data).status_code == 302
    assert counts(told) == {("Organization", "created"): 1}
    assert authors(told) == {(admin_user.pk, None)}


def test_rows_added_to_a_timeline_from_a_list_are_told(admin_client, admin_user, who):
    data = {
        "timeline": who.timeline.pk,
        "lines": "SATREPS\n知らない事業\nG20大阪サミット",
        "unknown": "heading",
    }
    page = reverse("admin:timeline_timeline_add_rows")
    with watched() as told:
        admin_client.post(page, data)
    assert told == []
    with watched() as told:
        assert admin_client.post(page, data | {"apply": "1"}).status_code == 302
    assert counts(told) == {("TimelineRow", "created"): 3}
    assert authors(told) == {(admin_user.pk, None)}


def test_a_preview_and_a_drawn_form_write_nothing(admin_client, who):
    page = reverse("admin:timeline_timeline_figure", args=[who.timeline.pk])
    form = admin_client.get(admin_url(type(who.timeline), "change", who.timeline.pk))
    with watched() as told:
        admin_client.post(page, form_data(form) | {"rows-0-position": "9"})
        admin_client.get(reverse("admin:chapters_chapter_preview", args=[who.chapter.pk]))
    assert told == []


def test_what_is_published_is_told(admin_client, admin_user, who):
    page = reverse("admin:chapters_chapter_publish", args=[who.chapter.pk])
    with watched() as told:
        assert admin_client.post(page, {"change_note": "初版"}).status_code == 302
    assert counts(told) == {("Release", "created"): 1, ("Mention", "created"): 2}
    assert authors(told) == {(admin_user.pk, None)}
    with watched() as told:
        admin_client.post(page, {"change_note": "同じ"})
    assert told == []


def test_signing_in_and_accounts_are_no_content(client, admin_user, who):
    with watched() as told:
        client.post(reverse("admin:login"), {"username": "admin", "password": "password"})
        client.post(
            admin_url(get_user_model(), "add"),
            {"username": "sato", "usable_password": "false"},
        )
    assert get_user_model().objects.filter(username="sato").exists()
    assert told == []


# Sheets


def test_a_sheet_and_its_undoing_are_told_with_their_jobs(admin_client, admin_user, who):
    sheet = "コード\t名称\t略称\njst\t科学技術振興機構\t変えた略称\nnsf\t全米科学財団\tNSF"
    with watched() as told:
        job, _page = upload(admin_client, Organization, sheet)
    assert told == []
    with watched() as told:
        confirm(admin_client, job)
    assert counts(told) == {("Organization", "created"): 1, ("Organization", "changed"): 1}
    assert authors(told) == {(admin_user.pk, job.pk)}
    with watched() as told:
        press(admin_client, job, "undo")
    assert told == []
    undo = ImportJob.objects.get(undo_of=job)
    with watched() as told:
        confirm(admin_client, undo, rows="good")
    assert counts(told) == {("Organization", "deleted"): 1, ("Organization", "changed"): 1}
    assert authors(told) == {(admin_user.pk, undo.pk)}


def test_links_of_a_sheet_are_changes_of_its_rows(who):
    headings = ["コード", "名称", "実施・関係機関"]
    with watched() as told:
        job = bring_in("programs", headings, ["iter", who.iter.name_ja, "jst"])
    assert counts(told) == {("Program", "changed"): 1}
    assert authors(told) == {(None, job.pk)}


# Commands


def test_the_command_for_a_sheet_and_the_one_that_undoes_it_tell(tmp_path, who):
    file = tmp_path / "sheet.csv"
    file.write_text("コード,名称\nnsf,全米科学財団\nnih,国立衛生研究所\n")
    with watched() as told:
        run("import_sheet", "organizations", str(file), "--dry-run")
    assert told == []
    with watched() as told:
        run("import_sheet", "organizations", str(file))
    job = ImportJob.objects.get()
    assert counts(told) == {("Organization", "created"): 2}
    assert authors(told) == {(None, job.pk)}
    with watched() as told:
        run("undo_import", job.pk)
    assert counts(told) == {("Organization", "deleted"): 2}
    assert authors(told) == {(None, ImportJob.objects.get(undo_of=job).pk)}


def test_the_command_for_a_manuscript_tells(tmp_path):
    arguments = ("--edition", "2020", "--number", "4")
    with watched() as told:
        run("import_chapter", str(UMI), *arguments, "--dry-run")
    assert told == []
    with watched() as told:
        run("import_chapter", str(UMI), *arguments)
    assert counts(told) == {
        ("Edition", "created"): 1,
        ("Chapter", "created"): 1,
        ("TierScheme", "created"): 1,
        ("Tier", "created"): 3,
        ("Timeline", "created"): 1,
        ("Program", "created"): 3,
        ("Event", "created"): 2,
        ("TimelineRow", "created"): 5,
        ("Section", "created"): 5,
        ("Footnote", "created"): 4,
        ("ManuscriptImport", "created"): 1,
    }
    assert authors(told) == {(None, None)}
    with watched() as told:
        run("import_chapter", str(UMI), *arguments)
    assert told == []
    shorter = tmp_path / "shorter.md"
    text = UMI.read_text().replace("■観測の国際協力", "■船の国際協力")
    for gone in (
        "<sup>4</sup>",
        "\n- 4 Sea Data Forum ‘Open tides’ の呼び掛けによる。",
        "Ｔ Ｉ Ｄ Ｅ計画等の実施\t\t\t\t\n",
    ):
        text = text.replace(gone, "", 1)
    shorter.write_text(text)
    with watched() as told:
        run("import_chapter", str(shorter), *arguments)
    assert counts(told) == {
        ("Section", "created"): 1,
        ("Section", "deleted"): 1,
        ("Footnote", "deleted"): 1,
        ("TimelineRow", "deleted"): 1,
        ("ManuscriptImport", "changed"): 1,
    }


def test_the_command_for_review_sheets_tells(tmp_path):
    paths = [zipped(tmp_path, name) for name in EXTRACT]
    with watched() as told:
        run("import_review_sheets", *paths, "--dry-run")
    assert told == []
    with watched() as told:
        run("import_review_sheets", *paths)
    assert {kind for _model, kind in counts(told)} == {"created"}
    assert {model for model, _kind in counts(told)} == {
        "Organization",
        "Source",
        "Program",
        "ProgramName",
        "ProgramIdentifier",
        "Lineage",
        "YearlyBudget",
    }
    assert authors(told) == {(None, ImportJob.objects.get().pk)}
    with watched() as told:
        run("import_review_sheets", *paths)
    assert told == []
    Organization.objects.update(name_en="")
    with watched() as told:
        run("import_review_sheets", *paths)
    assert {kind for _model, kind in counts(told)} == {"changed"}
    assert authors(told) == {(None, ImportJob.objects.first().pk)}


def test_the_command_that_publishes_tells(who):
    with watched() as told:
        run("publish_chapter", "2023/kokusai", "--note", "初版")
    assert counts(told) == {("Release", "created"): 1, ("Mention", "created"): 2}
    assert authors(told) == {(None, None)}


def test_publishing_by_itself_is_one_write(who):
    with watched() as told:
        publish(who.chapter, note="初版", now=timezone.now())
    assert counts(told) == {("Release", "created"): 1, ("Mention", "created"): 2}


@pytest.mark.slow
def test_the_first_content_is_told_whole():
    with watched() as told:
        load_first_content(now=timezone.now())
    assert {kind for _model, kind in counts(told)} == {"created"}
    assert counts(told)["TimelineRow", "created"] == 34
    assert counts(told)["Release", "created"] == 1
    assert authors(told) == {(None, None)}


@pytest.mark.django_db(transaction=True)
def test_a_record_is_not_saved_outside_a_transaction():
    theme = Theme.objects.create(code="sea", name_ja="海")
    with pytest.raises(TransactionManagementError):
        save_changed(theme, name_ja="海洋")
    assert Theme.objects.values_list("name_ja", flat=True).get(code="sea") == "海"
