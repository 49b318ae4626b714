"""What a write tells: once a model and kind, by whom, and nothing of what is taken back."""

from unittest.mock import patch

import pytest
from django.db import connections, transaction
from django.db.models import ProtectedError

from programs.models import Organization, Program, Source, Theme
from records.changes import ContentChange, Kind, content_changed, content_write, subscribe
from records.saving import delete_records, save_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    changes = []
    end = subscribe(changes.append)
    yield changes
    end()


def test_a_change_by_itself_is_told_at_once(told):
    content_changed(Program, Kind.CREATED, [3, 1])
    assert told == [ContentChange(Program, Kind.CREATED, (3, 1), user_id=None, job_id=None)]


def test_no_rows_are_no_change(told):
    content_changed(Program, Kind.CHANGED, [])
    assert told == []


def test_a_write_tells_each_model_and_kind_once_at_its_end(told):
    with content_write(user_id=7, job_id=9):
        content_changed(Program, Kind.CHANGED, [1, 2])
        content_changed(Theme, Kind.DELETED, [5])
        content_changed(Program, Kind.CHANGED, [2, 3])
        content_changed(Program, Kind.CREATED, [4])
        assert told == []
    assert told == [
        ContentChange(Program, Kind.CREATED, (4,), 7, 9),
        ContentChange(Program, Kind.CHANGED, (1, 2, 3), 7, 9),
        ContentChange(Theme, Kind.DELETED, (5,), 7, 9),
    ]


@pytest.mark.parametrize(
    ("kinds", "whole"),
    [
        ([Kind.CREATED, Kind.CHANGED], Kind.CREATED),
        ([Kind.CHANGED, Kind.DELETED], Kind.DELETED),
        ([Kind.DELETED, Kind.CREATED], Kind.CHANGED),
        ([Kind.CREATED, Kind.DELETED], None),
        ([Kind.CREATED, Kind.CHANGED, Kind.DELETED], None),
    ],
)
def test_what_happens_to_a_row_in_one_write_is_one_change(told, kinds, whole):
    with content_write():
        for kind in kinds:
            content_changed(Program, kind, [1])
    assert told == ([ContentChange(Program, whole, (1,))] if whole else [])


def test_a_write_inside_another_adds_to_it(told):
    with content_write(user_id=7):
        with content_write():
            content_changed(Program, Kind.CHANGED, [1])
        assert told == []
    assert told == [ContentChange(Program, Kind.CHANGED, (1,), 7)]


def test_a_write_inside_another_in_an_import_of_its_own_is_told_apart(told):
    with content_write(user_id=7):
        with content_write(job_id=9):
            content_changed(Program, Kind.CHANGED, [1])
        content_changed(Program, Kind.CHANGED, [2])
    assert told == [
        ContentChange(Program, Kind.CHANGED, (1,), None, 9),
        ContentChange(Program, Kind.CHANGED, (2,), 7, None),
    ]


def test_a_write_that_fails_tells_nothing_and_leaves_the_next_alone(told):
    def fail():
        with content_write(user_id=7):
            content_changed(Program, Kind.CHANGED, [1])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    content_changed(Program, Kind.CHANGED, [2])
    assert told == [ContentChange(Program, Kind.CHANGED, (2,))]


def test_nothing_is_told_of_what_will_be_rolled_back(told):
    with transaction.atomic(), content_write():
        content_changed(Program, Kind.CHANGED, [1])
        transaction.set_rollback(True)
    assert told == []


def test_a_change_outside_of_a_transaction_is_refused(told):
    outside = patch.object(connections["default"], "in_atomic_block", False)
    with outside, pytest.raises(transaction.TransactionManagementError):
        content_changed(Program, Kind.CHANGED, [1])
    assert told == []


def test_a_listener_that_fails_takes_the_write_back():
    def refuse(change):
        raise ZeroDivisionError

    end = subscribe(refuse)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        save_changed(Theme(code="t", name_ja="主題"))
    end()
    assert not Theme.objects.exists()


def test_saving_tells_whether_a_record_is_new_and_nothing_when_nothing_differs(told):
    theme = Theme(code="t")
    assert save_changed(theme, name_ja="主題") is True
    assert save_changed(theme, name_ja="主題") is False
    assert save_changed(theme, name_ja="別の主題") is True
    assert told == [
        ContentChange(Theme, Kind.CREATED, (theme.pk,)),
        ContentChange(Theme, Kind.CHANGED, (theme.pk,)),
    ]


def test_deleting_tells_of_what_goes_along_and_of_what_loses_a_link(told):
    theme = Theme.objects.create(code="t", name_ja="主題")
    linked = Program.objects.create(code="a", name_ja="甲")
    linked.themes.set([theme])
    deleted = Program.objects.create(code="b", name_ja="乙")
    deleted.themes.set([theme])
    name = deleted.names.create(kind="former", name="旧")
    pks = theme.pk, deleted.pk, name.pk
    with content_write():
        delete_records([theme])
        delete_records([deleted])
    assert set(told) == {
        ContentChange(Theme, Kind.DELETED, (pks[0],)),
        ContentChange(Program, Kind.CHANGED, (linked.pk,)),
        ContentChange(Program, Kind.DELETED, (pks[1],)),
        ContentChange(type(name), Kind.DELETED, (pks[2],)),
    }
    assert list(Program.objects.values_list("code", flat=True)) == ["a"]


def test_a_record_that_others_need_is_not_deleted_and_nothing_is_told(told):
    ministry = Organization.objects.create(code="mext", name_ja="文部科学省")
    Program.objects.create(code="a", name_ja="甲", lead_organization=ministry)
    with pytest.raises(ProtectedError):
        delete_records([ministry])
    assert told == []


def test_deleting_nothing_is_no_change(told, django_assert_num_queries):
    with django_assert_num_queries(0):
        delete_records(Source.objects.none())
    assert told == []
