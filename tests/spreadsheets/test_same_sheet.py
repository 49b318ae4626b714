"""An organisation and its parent in one sheet, in either order."""

import pytest

from programs.models import Organization
from spreadsheets.writing.undoing import plan_undo
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, issues, plan

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称", "略称", "上位組織"]
PARENT = ["zz-o", "試験機構", "TO", ""]


def parents():
    found = Organization.objects.filter(code__startswith="zz")
    return dict(found.order_by("code").values_list("code", "parent__code"))


@pytest.mark.parametrize("named", ["zz-o", "試験機構", "試験 機構", "TO"])
@pytest.mark.parametrize("order", [1, -1])
def test_a_parent_is_found_by_code_name_or_short_name_in_either_order(named, order):
    sheet = [PARENT, ["zz-p", "試験機構 部", "", named]][::order]
    bring_in("organizations", HEADINGS, *sheet)
    assert parents() == {"zz-o": None, "zz-p": "zz-o"}


def test_a_record_that_is_there_may_get_a_new_parent():
    cast()
    bring_in("organizations", HEADINGS, ["jst", "科学技術振興機構", "JST", "zz-o"], PARENT)
    assert Organization.objects.get(code="jst").parent.code == "zz-o"
    assert Organization.history.filter(code="jst").latest().parent.code == "zz-o"


def test_a_new_name_of_a_record_names_it_in_the_same_sheet():
    cast()
    bring_in(
        "organizations",
        HEADINGS,
        ["jst", "新しい機構", "JST", ""],
        ["zz-p", "部", "", "新しい機構"],
    )
    assert parents() == {"zz-p": "jst"}


def test_a_refused_parent_refuses_all_below_it():
    job = plan(
        "organizations",
        [*HEADINGS, "法人番号"],
        [*PARENT, "123"],
        ["zz-p", "部", "", "zz-o", ""],
        ["zz-q", "課", "", "zz-p", ""],
        ["zz-r", "別", "", "", ""],
    )
    assert job.counts["new"] == 1
    assert issues(job)[1:] == [
        ("D3", "「上位組織」は2行目の新しい行です。先に2行目の誤りを直してください。"),
        ("D4", "「上位組織」は3行目の新しい行です。先に3行目の誤りを直してください。"),
    ]
    apply(job, good_rows_only=True)
    assert parents() == {"zz-r": None}


def test_a_row_is_not_its_own_parent():
    job = plan("organizations", HEADINGS, ["zz-o", "試験機構", "", "zz-o"])
    assert ("2", "組織は自分自身の下には置けません。") in issues(job)


def test_rows_that_come_back_to_themselves_are_refused():
    job = plan(
        "organizations",
        HEADINGS,
        ["zz-o", "試験機構", "", "zz-p"],
        ["zz-p", "部", "", "zz-o"],
        ["zz-q", "課", "", "zz-p"],
    )
    assert job.counts["new"] == 0
    assert issues(job)[:2] == [
        ("D2", "「上位組織」をたどると元に戻ります。"),
        ("D3", "「上位組織」をたどると元に戻ります。"),
    ]


def test_a_name_of_two_rows_is_not_guessed():
    job = plan(
        "organizations",
        HEADINGS,
        ["zz-o", "試験機構", "T", ""],
        ["zz-p", "別の機構", "T", ""],
        ["zz-q", "部", "", "T"],
    )
    assert issues(job) == [("D4", "「T」は2、3行目のどれか分かりません。コードで書いてください。")]


def test_an_import_of_parent_and_child_is_undone_whole():
    who = cast()
    job = bring_in(
        "organizations",
        HEADINGS,
        ["jst", "科学技術振興機構", "JST", "zz-p"],
        ["zz-p", "部", "", "zz-o"],
        PARENT,
    )
    undo = plan_undo(job, Organization, user=None)
    assert undo.counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0, "deleted": 2}
    apply(undo)
    assert parents() == {}
    assert Organization.objects.get(code="jst").parent == who.mext


def test_undoing_keeps_a_new_parent_of_a_record_that_was_changed_since():
    cast()
    job = bring_in("organizations", HEADINGS, ["jst", "科学技術振興機構", "JST", "zz-o"], PARENT)
    Organization.objects.filter(code="jst").update(parent=None)
    Organization.objects.create(code="later", name_ja="後の部", parent_id=None)
    Organization.objects.filter(code="later").update(parent=Organization.objects.get(code="zz-o"))
    undo = plan_undo(job, Organization, user=None)
    assert undo.counts["refused"] == 2
