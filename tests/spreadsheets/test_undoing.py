import pytest

from programs.models import Organization, Program
from spreadsheets.models import ImportJob
from spreadsheets.writing.applying import IsStale
from spreadsheets.writing.undoing import plan_undo
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, issues, plan, rows

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


def test_a_row_that_would_break_a_rule_as_it_was_is_named_and_the_rest_goes_back():
    cast()
    Program.objects.filter(code="sicorp").update(
        start_fiscal_year=2009, end_fiscal_year=2015, end_state="known"
    )
    job = bring_in("programs", ["コード", "終了年度"], ["sicorp", 2022], ["bilateral", 2016])
    Program.objects.filter(code="sicorp").update(start_fiscal_year=2018)
    taken_back = undo(job, Program)
    assert issues(taken_back) == [
        ("2", "元に戻せません。終了年度が開始年度より前です。どちらかを直してください。")
    ]
    apply(taken_back, good_rows_only=True)
    assert dict(
        Program.objects.filter(end_state="known").values_list("code", "end_fiscal_year")
    ) == {"sicorp": 2022, "bilateral": 2014}


def test_a_former_value_that_another_record_took_is_named_and_the_rest_goes_back():
    cast()
    job = bring_in(
        "organizations",
        ["コード", "法人番号", "略称"],
        ["jst", "", "J"],
        ["mext", "", "M"],
        blank="erase",
    )
    Organization.objects.create(code="nsf", name_ja="財団", corporate_number="4030005012570")
    taken_back = undo(job, Organization)
    assert issues(taken_back) == [
        (
            "2",
            "「法人番号」の元の値「4030005012570」は、ほかの記録が使っているので元に戻しません。",
        )
    ]
    apply(taken_back, good_rows_only=True)
    assert dict(Organization.objects.values_list("code", "corporate_number")) == {
        "jst": "",
        "mext": "7000012060001",
        "nsf": "4030005012570",
    }


def test_a_former_value_is_free_when_the_new_row_that_has_it_goes():
    cast()
    job = bring_in(
        "organizations", ["コード", "名称"], ["jst", "機構"], ["nsf", "科学技術振興機構"]
    )
    apply(undo(job, Organization))
    assert dict(Organization.objects.values_list("code", "name_ja")) == {
        "jst": "科学技術振興機構",
        "mext": "文部科学省",
    }


def test_a_former_value_that_a_row_left_alone_has_does_not_go_back():
    cast()
    job = bring_in(
        "organizations",
        ["コード", "名称", "略称"],
        ["jst", "文部科学省", "JST"],
        ["mext", "科学技術振興機構", "M"],
    )
    Organization.objects.filter(code="jst").update(name_ja="機構", short_name="手で")
    Organization.objects.create(code="nsf", name_ja="文部科学省")
    assert issues(undo(job, Organization)) == [
        ("2", "「名称」は、その後に変えられたので元に戻しません。"),
        ("3", "「名称」の元の値「文部科学省」は、ほかの記録が使っているので元に戻しません。"),
    ]


def test_what_a_row_referred_to_and_is_deleted_is_named_and_the_rest_goes_back():
    who = cast()
    nsf = Organization.objects.create(code="nsf", name_ja="財団")
    Program.objects.filter(code="iter").update(lead_organization=nsf)
    who.satreps.organizations.set([nsf])
    job = bring_in(
        "programs",
        ["コード", "略称", "所管", "実施・関係機関"],
        ["iter", "I", "jst", ""],
        ["satreps", "S", "jst", "jst"],
        ["bilateral", "B", "", ""],
    )
    nsf.delete()
    taken_back = undo(job, Program)
    assert issues(taken_back) == [
        ("2", "「所管」の元の相手は、その後に削除されたので元に戻しません。"),
        ("3", "「実施・関係機関」の元の相手は、その後に削除されたので元に戻しません。"),
    ]
    apply(taken_back, good_rows_only=True)
    assert set(Program.objects.exclude(code="sicorp").values_list("code", "abbreviation")) == {
        ("iter", "I"),
        ("satreps", "S"),
        ("bilateral", ""),
    }
