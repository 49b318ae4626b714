import pytest

from programs.models import Organization, Program
from spreadsheets.applying import IsStale
from spreadsheets.models import ImportJob
from spreadsheets.undoing import plan_undo
from tests.cast import cast

from .sheets import apply, bring_in, issues, plan, rows

pytestmark = pytest.mark.django_db


def everything(model):
    return sorted(model.objects.values_list(*[f.attname for f in model._meta.concrete_fields]))


def undo(job, model):
    return plan_undo(job, model, user=None)


def test_undoing_brings_back_every_value_and_removes_new_rows():
    cast()
    before = everything(Program)
    links = sorted(Program.organizations.through.objects.values_list("program", "organization"))
    job = bring_in(
        "programs",
        ["コード", "名称", "実施・関係機関"],
        ["satreps", "別の名", "jst"],
        ["aspire", "先端国際共同研究推進事業", "jst"],
    )
    taken_back = apply(undo(job, Program))
    assert everything(Program) == before
    assert (
        sorted(Program.organizations.through.objects.values_list("program", "organization"))
        == links
    )
    job.refresh_from_db()
    assert (job.state, taken_back.undo_of) == (ImportJob.State.UNDONE, job)
    assert Program.history.filter(code="aspire").first().history_type == "-"


def test_rows_edited_since_are_listed_and_left_alone():
    who = cast()
    job = bring_in(
        "organizations",
        ["コード", "名称", "略称"],
        ["jst", "機構", "J"],
        ["mext", "省", "M"],
        ["nsf", "財団", "N"],
    )
    who.jst.refresh_from_db()
    who.jst.short_name = "手で"
    who.jst.save()
    nsf = Organization.objects.get(code="nsf")
    nsf.name_en = "National Science Foundation"
    nsf.save()
    taken_back = undo(job, Organization)
    assert [message for _place, message in issues(taken_back)] == [
        "「略称」は、その後に変えられたので元に戻しません。",
        "その後に変えられたので削除しません。",
    ]
    apply(taken_back, good_rows_only=True)
    assert dict(Organization.objects.values_list("code", "short_name")) == {
        "jst": "手で",
        "mext": "MEXT",
        "nsf": "N",
    }


def test_an_edit_of_another_field_is_kept_and_the_import_is_still_undone():
    who = cast()
    job = bring_in("organizations", ["コード", "略称"], ["jst", "J"])
    who.jst.refresh_from_db()
    who.jst.name_en = "Another"
    who.jst.save()
    apply(undo(job, Organization))
    who.jst.refresh_from_db()
    assert (who.jst.short_name, who.jst.name_en) == ("JST", "Another")


def test_links_changed_since_are_left_alone():
    who = cast()
    job = bring_in(
        "programs",
        ["コード", "名称", "実施・関係機関"],
        ["satreps", "", "mext"],
        ["aspire", "先端国際共同研究推進事業", "jst"],
    )
    aspire = Program.objects.get(code="aspire")
    who.satreps.organizations.set([who.jst])
    aspire.organizations.add(who.mext)
    taken_back = undo(job, Program)
    assert [message for _place, message in issues(taken_back)] == [
        "「実施・関係機関」は、その後に変えられたので元に戻しません。",
        "その後に変えられたので削除しません。",
    ]
    apply(taken_back, good_rows_only=True)
    assert set(who.satreps.organizations.all()) == {who.jst}
    assert set(aspire.organizations.all()) == {who.jst, who.mext}


def test_an_undo_is_not_undone():
    cast()
    taken_back = apply(
        undo(bring_in("organizations", ["コード", "略称"], ["jst", "J"]), Organization)
    )
    with pytest.raises(ValueError, match="取込み済み"):
        undo(taken_back, Organization)


def test_a_new_row_that_others_use_is_kept():
    cast()
    job = bring_in("organizations", ["コード", "名称"], ["nsf", "財団"])
    Program.objects.filter(code="iter").update(
        lead_organization=Organization.objects.get(code="nsf")
    )
    assert issues(undo(job, Organization)) == [("0", "「施策」から使われているので削除しません。")]


def test_only_an_applied_job_is_undone():
    job = plan("organizations", ["コード", "名称"], ["nsf", "財団"])
    with pytest.raises(ValueError, match="取込み済み"):
        undo(job, Organization)


def test_asking_twice_gives_one_undo():
    job = bring_in("organizations", ["コード", "名称"], ["nsf", "財団"])
    assert undo(job, Organization).pk == undo(job, Organization).pk
    assert len(rows(undo(job, Organization), "deleted")) == 1


def test_an_undo_is_stale_when_the_record_changes_after_its_plan():
    cast()
    job = bring_in("organizations", ["コード", "略称"], ["jst", "J"])
    taken_back = undo(job, Organization)
    Organization.objects.filter(code="jst").update(short_name="後")
    with pytest.raises(IsStale):
        apply(taken_back)
