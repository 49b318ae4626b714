from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Lineage, Organization, Program
from spreadsheets.importing import plan_job
from spreadsheets.models import ImportJob
from spreadsheets.planning.plans import packed, planned_rows
from spreadsheets.writing import applying
from spreadsheets.writing.applying import BreaksRule, HasErrors, IsStale
from tests.cast import cast
from tests.spreadsheets.sheets import NOW, apply, bring_in, issues, plan, rows

pytestmark = pytest.mark.django_db

HEADING = ["コード", "名称", "略称", "所管", "実施・関係機関", "開始年度"]


def test_applying_writes_rows_links_derived_columns_and_history(django_user_model):
    user = django_user_model.objects.create_user("hanako")
    who = cast()
    job = apply(
        plan(
            "programs",
            HEADING,
            [
                "aspire",
                "先端国際共同研究推進事業",
                "ＡＳＰＩＲＥ",
                "mext",
                "jst；mext",
                "令和4年度",
            ],
            ["satreps", "新しい名", "", "", "jst", ""],
        ),
        user=user,
    )
    new = Program.objects.get(code="aspire")
    assert (new.abbreviation, new.lead_organization, new.start_fiscal_year) == (
        "ＡＳＰＩＲＥ",
        who.mext,
        2022,
    )
    assert set(new.organizations.all()) == {who.jst, who.mext}
    assert Program.objects.filter(search_key__contains="aspire").get() == new
    created = new.history.get()
    assert (created.history_type, created.history_user, created.import_job) == ("+", user, job)
    assert {row.organization for row in created.organizations.all()} == {who.jst, who.mext}
    changed = who.satreps.history.first()
    assert (changed.history_type, changed.name_ja, changed.import_job) == ("~", "新しい名", job)
    assert [row.organization for row in changed.organizations.all()] == [who.jst]
    assert (job.state, job.applied_at) == (ImportJob.State.APPLIED, NOW)
    assert LogEntry.objects.count() == 1


def test_applying_twice_writes_once():
    job = plan("organizations", ["コード", "名称"], ["nsf", "全米科学財団"])
    assert apply(job).applied_at == apply(job, now=NOW.replace(year=2100)).applied_at
    assert Organization.history.filter(code="nsf").count() == 1


def test_the_same_sheet_again_changes_nothing():
    sheet = (["コード", "名称"], ["nsf", "全米科学財団"])
    bring_in("organizations", *sheet)
    assert bring_in("organizations", *sheet).counts == {
        "new": 0,
        "changed": 0,
        "unchanged": 1,
        "refused": 0,
    }
    assert Organization.history.filter(code="nsf").count() == 1


def test_one_fault_stops_all_rows_unless_only_the_good_ones_are_wanted():
    job = plan("organizations", ["コード", "名称"], ["nsf", "全米科学財団"], ["nih", ""])
    with pytest.raises(HasErrors):
        apply(job)
    assert not Organization.objects.exists()
    apply(job, good_rows_only=True)
    assert Organization.objects.get().code == "nsf"


def test_a_record_changed_since_the_plan_stops_all_and_shows_three_values():
    who = cast()
    job = plan("organizations", ["コード", "略称"], ["jst", "計画"], ["mext", "省"])
    Organization.objects.filter(pk=who.jst.pk).update(short_name="同僚")
    with pytest.raises(IsStale) as stale:
        apply(job)
    ((cell),) = stale.value.cells
    assert (cell.row, cell.attname, cell.planned_from, cell.now, cell.wanted) == (
        2,
        "short_name",
        "JST",
        "同僚",
        "計画",
    )
    assert Organization.objects.get(code="mext").short_name == "MEXT"


def test_a_record_deleted_since_the_plan_stops_all():
    job = bring_in("organizations", ["コード", "名称"], ["nsf", "全米科学財団"])
    job = plan("organizations", ["コード", "略称"], ["nsf", "NSF"])
    Organization.objects.all().delete()
    with pytest.raises(IsStale):
        apply(job)


def test_links_changed_since_the_plan_stop_all():
    who = cast()
    job = plan("programs", ["コード", "実施・関係機関"], ["satreps", "mext"])
    who.satreps.organizations.set([who.jst])
    with pytest.raises(IsStale) as stale:
        apply(job)
    (cell,) = stale.value.cells
    assert (cell.row, cell.attname) == (2, "organizations")
    assert cell.planned_from == [who.mext.pk, who.jst.pk]
    assert (cell.now, cell.wanted) == ([who.jst.pk], [who.mext.pk])
    assert set(who.satreps.organizations.all()) == {who.jst}


def test_a_row_made_by_somebody_else_since_the_plan_stops_all():
    job = plan("organizations", ["コード", "名称"], ["nsf", "全米科学財団"], ["b", "乙"])
    Organization.objects.create(code="nsf", name_ja="ほか")
    with pytest.raises(IsStale):
        apply(job)
    assert Organization.objects.count() == 1


def test_a_rule_across_rows_is_asked_after_writing_and_takes_all_back():
    cast()
    job = plan(
        "lineage",
        ["元の施策", "先の施策", "関係"],
        ["iter", "sicorp", "後継"],
        ["sicorp", "bilateral", "後継"],
    )
    with pytest.raises(BreaksRule) as broken:
        apply(job)
    assert broken.value.issues[0].row == 3
    assert Lineage.objects.count() == 1


def test_a_failure_half_way_leaves_nothing(monkeypatch):
    cast()
    job = plan("organizations", ["コード", "名称", "略称"], ["nsf", "財団", ""], ["jst", "", "J"])

    def fail(*arguments):
        raise OSError("power cut")

    monkeypatch.setattr(applying, "insert_rows", fail)
    with pytest.raises(OSError, match="power cut"):
        apply(job)
    job.refresh_from_db()
    assert job.state == ImportJob.State.PLANNED
    assert Organization.objects.get(code="jst").short_name == "JST"


def test_a_withheld_column_is_not_written():
    who = cast()
    job = plan("organizations", ["コード", "名称", "略称"], ["jst", "機構", "X"])
    plan_job(job, readonly=frozenset({"short_name"}))
    apply(job)
    who.jst.refresh_from_db()
    assert (who.jst.name_ja, who.jst.short_name) == ("機構", "JST")


def test_a_plan_made_before_a_derived_column_fills_it_too():
    cast()
    heading = ["コード", "名称", "略称"]
    job = plan("organizations", heading, ["nsf", "ＮＳＦ", ""], ["jst", "新しい機構", ""])
    without_keys(job)
    apply(job)
    keys = Organization.objects.exclude(code="mext").values_list("name_ja_key", "short_name_key")
    assert sorted(keys) == [("nsf", ""), ("新しい機構", "jst")]


def without_keys(job):
    """Make of a plan what it was before organisations had keys of their names."""
    stored = job.understood.stored
    keys = [index for index, name in enumerate(stored) if name.endswith("_key")]
    keys.remove(stored.index("search_key"))
    for chunk in job.planned_rows.filter(kind="new"):
        chunk.rows = packed(
            replace(new, values=[v for index, v in enumerate(new.values) if index not in keys])
            for new in planned_rows(job, "new")
        )
        chunk.save()
    for chunk in job.planned_rows.filter(kind="changed"):
        chunk.rows = packed(
            replace(row, changes={n: c for n, c in row.changes.items() if n != "name_ja_key"})
            for row in planned_rows(job, "changed")
        )
        chunk.save()
    left = [n for index, n in enumerate(stored) if index not in keys]
    job.understood = replace(job.understood, stored=left)
    job.save()


def test_progress_is_told_from_nothing_to_all():
    told = []
    job = plan("organizations", ["コード", "名称"], ["a", "甲"], ["b", "乙"])
    apply(job, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (2, 2)]


def test_the_number_of_queries_does_not_grow_with_the_rows():
    cast()
    counts = []
    for size in (5, 400):
        body = [[f"p{size}-{i}", f"施策{i}", "", "jst", "mext", 2001] for i in range(size)]
        job = plan("programs", HEADING, *body)
        with CaptureQueriesContext(connection) as queries:
            apply(job)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_the_figure_itself_is_a_sheet_of_timeline_rows():
    who = cast()
    job = plan(
        "timeline-rows",
        ["区分", "", 2016, 2017, 2018],
        ["", "", "H28", "H29", "H30"],
        ["出来事", "TICAD7に向けた提言", "", "", "▲"],
        ["イーター", "", "", "", ""],
        constants={"timeline": "kokusai"},
    )
    assert issues(job) == []
    assert job.counts == {"new": 0, "changed": 2, "unchanged": 0, "refused": 0}
    apply(job)
    who.timeline.refresh_from_db()
    assert [
        (row.position, row.group, row.printed_label, row.program, row.event)
        for row in who.timeline.rows.all()[:2]
    ] == [
        (1, "出来事", "TICAD7に向けた提言", None, who.ticad),
        (2, "出来事", "イーター", who.iter, None),
    ]


def test_a_mark_in_another_year_than_the_event_is_refused():
    cast()
    job = plan(
        "timeline-rows",
        ["区分", "", 2016, 2017, 2018],
        ["出来事", "TICAD7に向けた提言", "", "▲", ""],
        constants={"timeline": "kokusai"},
    )
    assert issues(job) == [("D2", "▲は2017年度ですが、「TICAD7に向けた提言」は2018年度です。")]
    assert len(rows(job, "refused")) == 1
