from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from programs.models import Organization, Program
from spreadsheets.models import ImportJob
from spreadsheets.tables import (
    Authorship,
    batches,
    delete_rows,
    insert_rows,
    replace_links,
    reserve_ids,
    update_rows,
    write_history,
)
from tests.cast import cast

pytestmark = pytest.mark.django_db

COLUMNS = ["id", "code", "name_ja", "name_en", "short_name", "corporate_number", "search_key"]
NOW = datetime(2099, 4, 1, 9, 0, tzinfo=UTC)


def inserted(*codes):
    """Insert organisations without a name of their own and return their keys."""
    pks = reserve_ids(Organization, len(codes))
    rows = [[pk, code, f"{code}機構", "", "", "", ""] for pk, code in zip(pks, codes, strict=True)]
    insert_rows(Organization, COLUMNS, rows)
    return pks


def authorship(user=None):
    job = ImportJob.objects.create(resource="organizations")
    return Authorship(job.pk, user and user.pk, NOW)


def test_batches_hold_at_most_their_size():
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches([], 2)) == []


def test_reserved_keys_are_free_and_distinct():
    who = cast()
    pks = reserve_ids(Organization, 3)
    assert len(set(pks)) == 3
    assert not {who.mext.pk, who.jst.pk} & set(pks)


def test_a_key_is_not_given_again_after_its_row_was_deleted():
    pks = inserted("a")
    Organization.objects.all().delete()
    assert reserve_ids(Organization, 1) != pks


def test_a_record_saved_after_reserved_rows_gets_a_key_of_its_own():
    pks = inserted("a", "b")
    assert Organization.objects.create(code="c", name_ja="c").pk not in pks


def test_inserted_rows_are_read_back_as_written():
    (pk,) = inserted("a")
    found = Organization.objects.get(pk=pk)
    assert (found.code, found.name_ja, found.parent_id) == ("a", "a機構", None)


@pytest.mark.parametrize(
    "change",
    [{"code": "a"}, {"parent_id": "own"}],
    ids=["unique value", "check constraint"],
)
def test_a_row_that_breaks_a_constraint_is_djangos_integrity_error(change):
    inserted("a")
    (pk,) = reserve_ids(Organization, 1)
    row = dict(zip(COLUMNS, [pk, "b", "b機構", "", "", "", ""], strict=True))
    row |= {name: pk if value == "own" else value for name, value in change.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Organization, list(row), [list(row.values())])
    assert list(Organization.objects.values_list("code", flat=True)) == ["a"]


@pytest.mark.parametrize("text", ["tab\t行\n二行\\.", "\\N", "𠮷－〜", "' OR 1=1 --", "%s {0}"])
def test_any_text_survives(text):
    (pk,) = inserted("a")
    update_rows(Organization, ["name_en"], [[text, pk]])
    assert Organization.objects.get(pk=pk).name_en == text
    insert_rows(
        Organization, COLUMNS, [[reserve_ids(Organization, 1)[0], "b", text, text, "", "", ""]]
    )
    assert Organization.objects.get(code="b").name_ja == text


def test_updates_touch_their_columns_and_rows_alone():
    first, second = inserted("a", "b")
    update_rows(Organization, ["name_ja", "short_name"], [["新しい名", "N", second]])
    assert list(Organization.objects.order_by("pk").values_list("name_ja", "short_name")) == [
        ("a機構", ""),
        ("新しい名", "N"),
    ]
    assert first < second


def test_deleted_rows_go_with_their_links():
    who = cast()
    event = who.g20
    event.names.all().delete()
    delete_rows(type(event), [event.pk])
    assert not type(event).objects.filter(pk=event.pk).exists()
    assert not event.organizations.through.objects.filter(event_id=event.pk).exists()


def test_replaced_links_are_exactly_the_targets():
    who = cast()
    field = Program._meta.get_field("organizations")
    replace_links(field, {who.satreps.pk: [who.mext.pk], who.iter.pk: [who.jst.pk, who.mext.pk]})
    assert list(who.satreps.organizations.all()) == [who.mext]
    assert set(who.iter.organizations.all()) == {who.jst, who.mext}
    replace_links(field, {who.iter.pk: []})
    assert not who.iter.organizations.exists()
    assert who.satreps.organizations.exists()


@pytest.mark.parametrize("kind", ["+", "~", "-"])
def test_history_says_what_when_and_by_which_job(kind, django_user_model):
    user = django_user_model.objects.create_user("sato")
    by = authorship(user)
    (pk, _other) = inserted("a", "b")
    write_history(Organization, [pk], kind, by)
    row = Organization.history.get()
    assert (row.id, row.code, row.history_type, row.history_date) == (pk, "a", kind, NOW)
    assert (row.import_job_id, row.history_user_id) == (by.job_id, user.pk)


def test_history_of_links_belongs_to_the_newest_row():
    who = cast()
    write_history(Program, [who.satreps.pk], "~", authorship())
    newest = who.satreps.history.first()
    assert newest.history_date == NOW
    assert {row.organization_id for row in newest.organizations.all()} == {
        who.jst.pk,
        who.mext.pk,
    }
    assert [row.theme_id for row in newest.themes.all()] == [who.theme.pk]


def test_history_by_an_import_equals_history_by_saving():
    who = cast()
    who.jst.save()
    saved = who.jst.history.first()
    write_history(Organization, [who.jst.pk], "~", authorship())
    written = who.jst.history.first()
    assert written.pk != saved.pk
    assert written.diff_against(saved).changes == []


def test_the_number_of_statements_does_not_grow_with_the_rows():
    def statements(count):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            pks = reserve_ids(Organization, count)
            rows = ([pk, f"c{pk}", f"名{pk}", "", "", "", ""] for pk in pks)
            insert_rows(Organization, COLUMNS, rows)
            write_history(Organization, pks, "+", authorship())
            delete_rows(Organization, pks)
        return len(captured)

    assert statements(2) == statements(6_000)


def test_what_is_written_goes_when_the_transaction_is_taken_back():
    with transaction.atomic():
        inserted("a")
        transaction.set_rollback(True)
    assert not Organization.objects.exists()
