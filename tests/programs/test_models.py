"""Rules of the records: what the editor is told, and what the database refuses all the same."""

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from programs.models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    YearlyBudget,
)
from tests.cast import cast

pytestmark = pytest.mark.django_db


def assert_refused(row, message):
    """The editor reads `message`, and the database refuses the row too."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert message in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_programme_may_not_end_before_it_starts():
    assert_refused(
        Program(
            code="x",
            name_ja="施策",
            start_fiscal_year=2016,
            end_fiscal_year=2015,
            end_state="known",
        ),
        "終了年度が開始年度より前です。どちらかを直してください。",
    )


def test_programme_may_end_in_the_year_it_starts():
    program = Program(
        code="x", name_ja="施策", start_fiscal_year=2016, end_fiscal_year=2016, end_state="known"
    )
    program.full_clean()
    program.save()


@pytest.mark.parametrize(
    ("end_state", "end_fiscal_year"), [("known", None), ("ongoing", 2020), ("unknown", 2020)]
)
def test_end_year_is_given_exactly_when_it_is_known(end_state, end_fiscal_year):
    assert_refused(
        Program(code="x", name_ja="施策", end_state=end_state, end_fiscal_year=end_fiscal_year),
        "終了年度は「終了年度が分かっている」ときだけ、そのときは必ず入れてください。",
    )


def test_two_programmes_may_share_an_abbreviation():
    for code in ("iodp-drilling", "iodp-discovery"):
        program = Program(code=code, name_ja=code, abbreviation="IODP")
        program.full_clean()
        program.save()


def test_code_is_unique_and_ascii():
    cast()
    with pytest.raises(ValidationError) as refusal:
        Program(code="satreps", name_ja="別の施策").full_clean()
    assert list(refusal.value.message_dict) == ["code"]
    with pytest.raises(ValidationError) as refusal:
        Program(code="施策", name_ja="施策").full_clean()
    assert list(refusal.value.message_dict) == ["code"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.create(code="satreps", name_ja="別の施策")


def test_official_url_takes_no_script():
    with pytest.raises(ValidationError) as refusal:
        Program(code="x", name_ja="施策", official_url="javascript:alert(1)").full_clean()
    assert list(refusal.value.message_dict) == ["official_url"]


def test_corporate_number_is_unique_but_may_be_blank_often():
    who = cast()
    assert_refused(
        Organization(code="x", name_ja="別の組織", corporate_number=who.jst.corporate_number),
        "同じ法人番号の組織がすでにあります。",
    )
    for code in ("a", "b"):
        Organization.objects.create(code=code, name_ja=code)


def test_corporate_number_has_a_right_check_digit():
    with pytest.raises(ValidationError) as refusal:
        Organization(code="x", name_ja="組織", corporate_number="8000012060001").full_clean()
    assert refusal.value.message_dict["corporate_number"] == [
        "法人番号「8000012060001」は正しくありません。数字13桁と検査数字を確かめてください。"
    ]


def test_organization_is_not_its_own_parent():
    who = cast()
    who.mext.parent = who.mext
    with pytest.raises(ValidationError) as refusal:
        who.mext.full_clean()
    assert "parent" in refusal.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        who.mext.save()


def test_organizations_form_no_circle():
    who = cast()
    who.mext.parent = who.jst
    with pytest.raises(ValidationError) as refusal:
        who.mext.full_clean()
    assert refusal.value.message_dict["parent"] == [
        "上位組織「科学技術振興機構」をたどると元に戻ります。"
    ]


def test_programme_has_a_name_of_one_kind_once():
    who = cast()
    assert_refused(
        ProgramName(program=who.iter, kind="popular", name="イーター"),
        "この施策には同じ種類の同じ別名がすでにあります。",
    )
    ProgramName(program=who.iter, kind="former", name="イーター").full_clean()


def test_years_of_a_name_are_in_order():
    who = cast()
    assert_refused(
        ProgramName(
            program=who.iter,
            kind="former",
            name="旧",
            first_fiscal_year=2010,
            last_fiscal_year=2009,
        ),
        "別名の最後の年度が最初の年度より前です。",
    )


def test_number_is_unique_in_its_year():
    who = cast()
    assert_refused(
        ProgramIdentifier(
            program=who.satreps, scheme="review_sheet", value="文部科学省/0281", fiscal_year=2016
        ),
        "同じ年度の同じ番号がすでにあります。",
    )
    ProgramIdentifier(
        program=who.satreps, scheme="review_sheet", value="文部科学省/0281", fiscal_year=2017
    ).full_clean()


def test_number_without_year_is_unique_for_ever():
    who = cast()
    assert_refused(
        ProgramIdentifier(program=who.satreps, scheme="rs_system", value="002345"),
        "同じ番号がすでにあります。",
    )


def test_one_amount_a_programme_year_and_basis():
    who = cast()
    assert_refused(
        YearlyBudget(program=who.iter, fiscal_year=2016, basis="initial", amount_yen=1),
        "この施策のこの年度・区分の金額はすでにあります。",
    )


def test_lineage_is_stated_once():
    who = cast()
    assert_refused(
        Lineage(from_program=who.bilateral, to_program=who.sicorp, kind="succeeded"),
        "同じ系統がすでにあります。",
    )


def test_programme_does_not_succeed_itself():
    who = cast()
    assert_refused(
        Lineage(from_program=who.iter, to_program=who.iter, kind="renamed"),
        "施策は自分自身の後継にはなれません。",
    )


def test_lineage_forms_no_circle():
    who = cast()
    Lineage.objects.create(from_program=who.sicorp, to_program=who.satreps, kind="part_of")
    with pytest.raises(ValidationError) as refusal:
        Lineage(from_program=who.satreps, to_program=who.bilateral, kind="renamed").full_clean()
    assert refusal.value.messages == [
        "「戦略的国際科学技術協力推進事業」からたどると"
        "「地球規模課題対応国際科学技術協力プログラム」に戻り、系統が輪になります。"
    ]


def test_lineage_may_be_saved_again_and_may_join_and_fork():
    who = cast()
    Lineage.objects.get().full_clean()
    Lineage(from_program=who.bilateral, to_program=who.satreps, kind="split").full_clean()
    Lineage(from_program=who.satreps, to_program=who.sicorp, kind="merged").full_clean()


@pytest.mark.parametrize(
    ("model", "key"),
    [
        (Organization, ("jst",)),
        (Program, ("satreps",)),
        (ProgramName, ("iter", "popular", "イーター")),
        (ProgramIdentifier, ("review_sheet", "文部科学省/0281", 2016)),
        (ProgramIdentifier, ("rs_system", "002345", None)),
        (YearlyBudget, ("iter", 2016, "initial")),
        (Lineage, ("bilateral", "sicorp", "succeeded")),
    ],
)
def test_records_are_found_by_the_natural_key_they_give(model, key):
    cast()
    assert model.objects.get_by_natural_key(*key).natural_key() == key


def test_search_key_follows_the_names_when_saved():
    Program.objects.create(code="x", name_ja="ＩＴＥＲ 計画", abbreviation="Iter")
    assert Program.objects.filter(search_key="iter計画 iter").exists()
    program = Program.objects.get()
    program.name_ja = "別の名"
    program.save()
    assert Program.objects.filter(search_key="別の名 iter").exists()


def test_search_key_is_written_by_bulk_create():
    Organization.objects.bulk_create([Organization(code="x", name_ja="ＪＳＴ")])
    assert Organization.objects.filter(search_key="jst").exists()


def test_search_key_is_written_by_loaddata():
    text = (
        '[{"model": "programs.programname", "fields":'
        ' {"program": ["satreps"], "kind": "popular", "name": "サトレップス Ｓ"}}]'
    )
    cast()
    for row in serializers.deserialize("json", text):
        row.save()
    assert ProgramName.objects.filter(name="サトレップス Ｓ", name_key="サトレップスs").exists()


def test_english_pages_read_the_english_name_where_there_is_one():
    who = cast()
    assert who.iter.name == "ITER（国際熱核融合実験炉）計画等の実施"
    with override("en"):
        assert who.iter.name == "ITER Project"
        assert who.sicorp.name == "戦略的国際共同研究プログラム"


def test_every_save_leaves_a_history_row():
    who = cast()
    who.satreps.abbreviation = "S"
    who.satreps.save()
    assert who.satreps.history.latest().abbreviation == "S"
