import pytest
import tablib

from programs.models import Organization, Program, ProgramIdentifier, YearlyBudget
from spreadsheets import registry
from spreadsheets.exporting import sheet_formats
from spreadsheets.exporting.long import long_table
from spreadsheets.reading import read
from tests.cast import cast

pytestmark = pytest.mark.django_db


def take_out(name, sheet_format):
    resource = registry.get(name)()
    table = long_table(resource, resource._meta.model.objects.all())
    return b"".join(sheet_formats.FORMATS[sheet_format].write([table]))


def bring_in(name, sheet):
    """Import rows (the first holds the headings) or a file's bytes, and return the result."""
    if not isinstance(sheet, bytes):
        sheet = "\r\n".join(",".join(row) for row in sheet).encode()
    headings, *rows = read(sheet).rows
    blanks = [""] * len(headings)
    dataset = tablib.Dataset(headers=headings)
    for row in rows:
        dataset.append([*row, *blanks[len(row) :]])
    return registry.get(name)().import_data(dataset)


def messages(result):
    return [
        (row.number, heading, message)
        for row in result.invalid_rows
        for heading, errors in row.error_dict.items()
        for message in errors
    ]


def test_every_sheet_of_the_design_is_registered():
    assert sorted(registry.names()) == [
        "budgets",
        "events",
        "footnotes",
        "identifiers",
        "lineage",
        "names",
        "organizations",
        "programs",
        "sources",
        "timeline-rows",
    ]


def test_headings_are_japanese_and_the_csv_opens_in_excel():
    cast()
    file = take_out("budgets", "csv-excel")
    assert file.decode("utf-8").splitlines()[:2] == [
        "\ufeff施策,年度,区分,金額（円）,出典の単位,出典,出典の箇所",
        "iter,2016,翌年度へ繰越し,-1234000000,百万円,,",
    ]


def test_a_cell_is_read_as_people_write_it():
    cast()
    result = bring_in(
        "budgets",
        [
            ["施策", "年度", "区分", "金額（円）", "出典の単位"],
            ["iter", "平成29年度", "当初予算", "▲12億円", "億円"],
            ["ｉｔｅｒ", "H30", "initial", '"1,234"', ""],
        ],
    )
    assert messages(result) == []
    assert list(
        YearlyBudget.objects.filter(fiscal_year__gte=2017).values_list(
            "fiscal_year", "amount_yen", "reported_unit"
        )
    ) == [(2017, -1_200_000_000, "oku_yen"), (2018, 1234, "yen")]


def test_a_fault_names_row_column_value_and_remedy():
    cast()
    result = bring_in(
        "budgets",
        [
            ["施策", "年度", "区分", "金額（円）"],
            ["iter", "2017", "当初予算", "12.5"],
            ["itre", "2017", "当初予算", "1"],
            ["iter", "2018", "初期", "1"],
            ["iter", "2019", "当初予算", ""],
        ],
    )
    faults = messages(result)
    assert [fault[:2] for fault in faults] == [
        (2, "金額（円）"),
        (3, "施策"),
        (4, "区分"),
        (5, "金額（円）"),
    ]
    assert "12.5" in faults[0][2]
    assert faults[1][2] == (
        "施策に「itre」はありません。ITER（iter）、ＳＡＴＲＥＰ（satreps） のことでしょうか？"
    )
    assert faults[2][2].startswith("「初期」は選べません。次のどれかを入れてください: 当初予算、")


def test_a_faulty_sheet_writes_nothing():
    cast()
    bring_in(
        "organizations",
        [["コード", "名称"], ["nsf", "全米科学財団"], ["jst", ""]],
    )
    assert not Organization.objects.filter(code="nsf").exists()


def test_two_rows_for_one_record_are_refused():
    cast()
    result = bring_in("organizations", [["コード", "名称"], ["nsf", "一"], ["ＮＳＦ", "二"]])
    assert messages(result) == [
        (3, "__all__", "2行目と同じ「コード」です。どちらかの行を消してください。")
    ]


def test_an_unknown_heading_is_refused():
    result = bring_in("organizations", [["コード", "名称", "住所"], ["nsf", "一", "二"]])
    assert [str(error.error) for error in result.base_errors] == [
        "見出し「住所」は使えません。使える見出しは、"
        "コード、名称、英語名称、略称、法人番号、上位組織 です。"
    ]
    assert result.rows == []


def test_a_sheet_without_its_key_is_refused():
    result = bring_in("organizations", [["名称"], ["一"]])
    assert [str(error.error) for error in result.base_errors] == [
        "行を見分ける列「コード」がありません。書き出した表を基にしてください。"
    ]


def test_field_names_and_other_widths_serve_as_headings():
    bring_in("organizations", [["ｃｏｄｅ", "名 称"], ["nsf", "全米科学財団"]])
    assert Organization.objects.get(code="nsf").name_ja == "全米科学財団"


def test_an_organization_may_follow_its_parent_in_the_same_sheet():
    bring_in(
        "organizations",
        [["コード", "名称", "上位組織"], ["a", "親", ""], ["b", "子", "a"]],
    )
    assert Organization.objects.get(code="b").parent.code == "a"


def test_an_absent_column_changes_nothing_and_an_empty_cell_erases():
    cast()
    bring_in("programs", [["コード", "略称"], ["satreps", ""]])
    program = Program.objects.get(code="satreps")
    assert (program.abbreviation, program.start_fiscal_year) == ("", 2008)
    assert program.organizations.count() == 2


def test_lists_of_codes_are_read_and_a_wrong_one_named():
    cast()
    bring_in("programs", [["コード", "実施・関係機関"], ["iter", '"mext、jst"']])
    assert Program.objects.get(code="iter").organizations.count() == 2
    result = bring_in("programs", [["コード", "実施・関係機関"], ["iter", "mext; nsf"]])
    assert messages(result) == [
        (
            2,
            "実施・関係機関",
            "組織に「nsf」はありません。先に登録するか、コードを直してください。",
        )
    ]


def test_a_link_with_a_script_is_refused():
    cast()
    result = bring_in("programs", [["コード", "公式サイト"], ["iter", "javascript:alert(1)"]])
    assert [fault[:2] for fault in messages(result)] == [(2, "公式サイト")]


def test_a_yes_or_no_is_read_in_words():
    cast()
    bring_in("programs", [["コード", "独立した予算を持つ"], ["satreps", "はい"], ["iter", "×"]])
    assert dict(
        Program.objects.filter(code__in=["satreps", "iter"]).values_list("code", "has_own_budget")
    ) == {"satreps": True, "iter": False}
    result = bring_in("programs", [["コード", "独立した予算を持つ"], ["satreps", "たぶん"]])
    assert messages(result)[0][1:] == (
        "独立した予算を持つ",
        "「たぶん」は「はい」でも「いいえ」でもありません。",
    )


def test_a_day_is_read_and_another_word_refused():
    cast()
    bring_in("sources", [["コード", "公表日"], ["review-2016", "2016年10月1日"]])
    assert take_out("sources", "csv-excel").decode().count("2016-10-01") == 1
    result = bring_in("sources", [["コード", "公表日"], ["review-2016", "2016-02-30"]])
    assert messages(result) == [
        (
            2,
            "公表日",
            "「2016-02-30」という日はありません。",
        )
    ]


def test_numbers_of_a_spreadsheet_serve_as_codes():
    who = cast()
    ProgramIdentifier.objects.create(program=who.satreps, scheme="erad", value="15650001")
    dataset = tablib.Dataset(headers=["施策", "番号の種類", "番号", "公開年度", "出典"])
    dataset.append(["satreps", "e-Rad事業コード", 15650001.0, None, None])
    result = registry.get("identifiers")().import_data(dataset)
    assert result.totals["skip"] == 1
