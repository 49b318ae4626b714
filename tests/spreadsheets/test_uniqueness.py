import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Organization, Program, ProgramIdentifier, Tier
from spreadsheets.importing import plan_job, start_job
from spreadsheets.planning.row_rules import RowRules
from spreadsheets.planning.uniqueness import Claim, UniqueValues, free_value, movable_columns
from spreadsheets.writing.undoing import plan_undo
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, csv_bytes, issues, plan, rows

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称"]


def names():
    return dict(Organization.objects.values_list("code", "name_ja"))


def history(code):
    """What the newest history row of an organisation says."""
    newest = Organization.history.filter(code=code).first()
    return newest.history_type, newest.name_ja


def test_two_records_swap_a_unique_value():
    cast()
    job = bring_in("organizations", HEADINGS, ["jst", "文部科学省"], ["mext", "科学技術振興機構"])
    assert job.counts["changed"] == 2
    assert names() == {"jst": "文部科学省", "mext": "科学技術振興機構"}
    assert Organization.history.filter(import_job=job).count() == 2
    assert history("jst") == ("~", "文部科学省")
    assert history("mext") == ("~", "科学技術振興機構")
    assert Organization.objects.get(search_key__startswith="文部科学省 ").code == "jst"


def test_a_value_that_may_be_blank_is_swapped_and_moves_on():
    cast()
    Organization.objects.create(code="nsf", name_ja="財団")
    job = bring_in(
        "organizations",
        ["コード", "法人番号"],
        ["jst", "7000012060001"],
        ["mext", ""],
        ["nsf", "4030005012570"],
        blank="erase",
    )
    assert job.counts["changed"] == 3
    assert dict(Organization.objects.values_list("code", "corporate_number")) == {
        "jst": "7000012060001",
        "mext": "",
        "nsf": "4030005012570",
    }


@pytest.mark.parametrize("backwards", [False, True])
def test_values_move_along_a_chain_whatever_the_order_of_the_rows(backwards):
    bring_in("organizations", HEADINGS, ["a", "甲"], ["b", "乙"], ["c", "丙"])
    sheet = [["a", "乙"], ["b", "丙"], ["c", "丁"], ["d", "甲"]]
    job = bring_in("organizations", HEADINGS, *(reversed(sheet) if backwards else sheet))
    assert job.counts == {"new": 1, "changed": 3, "unchanged": 0, "refused": 0}
    assert names() == {"a": "乙", "b": "丙", "c": "丁", "d": "甲"}


def test_a_swap_across_batches_is_written(monkeypatch):
    monkeypatch.setattr(
        "spreadsheets.writing.applying.batches", lambda values: [[v] for v in values]
    )
    cast()
    bring_in("organizations", HEADINGS, ["jst", "文部科学省"], ["mext", "科学技術振興機構"])
    assert names() == {"jst": "文部科学省", "mext": "科学技術振興機構"}


def test_a_swap_is_undone():
    cast()
    job = bring_in("organizations", HEADINGS, ["jst", "文部科学省"], ["mext", "科学技術振興機構"])
    apply(plan_undo(job, Organization, user=None))
    assert names() == {"jst": "科学技術振興機構", "mext": "文部科学省"}


def test_a_value_of_a_refused_row_does_not_move_and_neither_does_what_waits_for_it():
    bring_in("organizations", HEADINGS, ["a", "甲"], ["b", "乙"], ["c", "丙"], ["d", "丁"])
    job = plan(
        "organizations",
        ["コード", "名称", "法人番号"],
        ["a", "乙", ""],
        ["b", "丙", ""],
        ["c", "戊", "1"],
        ["d", "己", ""],
    )
    assert issues(job) == [
        ("B2", "「乙」は3行目の記録が使っています。先に3行目の誤りを直してください。"),
        ("B3", "「丙」は4行目の記録が使っています。先に4行目の誤りを直してください。"),
        ("C4", "法人番号「1」は、数字13桁ではありません。"),
    ]
    apply(job, good_rows_only=True)
    assert names() == {"a": "甲", "b": "乙", "c": "丙", "d": "己"}


def test_a_value_of_a_row_that_repeats_another_does_not_move():
    bring_in("organizations", HEADINGS, ["a", "甲"], ["b", "乙"], ["c", "丙"])
    job = plan("organizations", HEADINGS, ["a", "乙"], ["c", "丁"], ["b", "丁"])
    assert issues(job) == [
        ("B2", "「乙」は4行目の記録が使っています。先に4行目の誤りを直してください。"),
        ("B4", "3行目も「丁」です。"),
    ]
    apply(job, good_rows_only=True)
    assert names() == {"a": "甲", "b": "乙", "c": "丁"}


@pytest.mark.parametrize("backwards", [False, True])
def test_a_row_that_keeps_its_value_goes_before_one_that_takes_it(backwards):
    cast()
    sheet = [["jst", "文部科学省", "JST"], ["mext", "文部科学省", "M"]]
    sheet = sheet[::-1] if backwards else sheet
    job = plan("organizations", [*HEADINGS, "略称"], *sheet)
    assert [(row[1], row[2]["short_name"]) for row in rows(job, "changed")] == [
        (Organization.objects.get(code="mext").pk, ["MEXT", "M"])
    ]
    assert issues(job) == [
        ("B3", "2行目も「文部科学省」です。")
        if backwards
        else ("B2", "3行目も「文部科学省」です。")
    ]


def test_a_withheld_value_is_not_taken():
    cast()
    sheet = csv_bytes(["コード", "略称", "法人番号"], ["jst", "J", "7000012060001"])
    job = plan_job(start_job("organizations", sheet), readonly=frozenset({"corporate_number"}))
    assert (issues(job), job.counts["changed"]) == ([], 1)
    apply(job)
    jst = Organization.objects.get(code="jst")
    assert (jst.short_name, jst.corporate_number) == ("J", "4030005012570")


def test_a_value_unique_under_a_condition_is_free_beside_records_that_do_not_meet_it():
    cast()
    job = bring_in(
        "identifiers",
        ["施策", "番号の種類", "番号", "公開年度"],
        ["satreps", "行政事業レビュー事業番号", "文部科学省/0281", ""],
    )
    assert job.counts["new"] == 1
    assert ProgramIdentifier.objects.filter(value="文部科学省/0281").count() == 2


def test_a_column_without_a_free_value_is_not_swapped_and_the_remedy_is_named():
    cast()
    upper, lower = Tier.objects.order_by("letter")
    swapped = [
        Claim(2, upper.pk, {"lower_bound_yen"}, bounds(upper, 1_000_000_000)),
        Claim(3, lower.pk, {"lower_bound_yen"}, bounds(lower, 5_000_000_000)),
    ]
    unique = UniqueValues(RowRules(Tier), ["scheme_id", "letter"])
    found = [(clash.row, clash.message(str)) for clash in unique.clashes(swapped, scan=every)]
    assert sorted(found) == [
        (
            2,
            f"「{upper.scheme_id}・1000000000」は3行目の記録が使っていて、一度には移せません。"
            "2回に分け、先に3行目をほかの値にして取り込んでください。",
        ),
        (
            3,
            f"「{upper.scheme_id}・5000000000」は2行目の記録が使っていて、一度には移せません。"
            "2回に分け、先に2行目をほかの値にして取り込んでください。",
        ),
    ]


def bounds(tier, lower_bound_yen):
    return {"scheme_id": tier.scheme_id, "lower_bound_yen": lower_bound_yen}


def every(queryset, name, values):
    return queryset.iterator()


def test_what_can_be_free_for_a_moment_is_text_or_null_and_read_by_no_rule():
    assert movable_columns(RowRules(Organization)) == {"code", "name_ja", "corporate_number"}
    assert movable_columns(RowRules(ProgramIdentifier)) == {"scheme", "value", "fiscal_year"}
    assert movable_columns(RowRules(Tier)) == set()
    assert free_value(Organization._meta.get_field("name_ja"), 7) == "\x1a7"
    assert free_value(Program._meta.get_field("start_fiscal_year"), 7) is None


def test_the_number_of_queries_does_not_grow_with_the_length_of_a_chain():
    counts = []
    for size in (5, 400):
        Organization.objects.all().delete()
        bring_in("organizations", HEADINGS, *([f"c{i}", f"名{i}"] for i in range(size)))
        sheet = [[f"c{i}", f"名{i + 1}", ""] for i in range(size - 1)]
        last = [f"c{size - 1}", "新", "1"]
        job = plan("organizations", [*HEADINGS, "法人番号"], *sheet, last)
        with CaptureQueriesContext(connection) as queries:
            plan_job(job)
        assert job.counts["refused"] == size
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
