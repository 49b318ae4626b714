import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from programs.models import Organization, Program, Source, YearlyBudget
from spreadsheets import registry
from spreadsheets.exporting.long import long_table
from spreadsheets.exporting.sheet_formats import FORMATS
from spreadsheets.exporting.wide import wide_table
from tests.cast import cast
from tests.markup import compact

pytestmark = pytest.mark.django_db


def rows_of(name, queryset=None, make_table=long_table):
    resource = registry.get(name)()
    if queryset is None:
        queryset = resource._meta.model.objects.order_by("pk")
    table = make_table(resource, queryset)
    return [table.headings, *map(list, table.rows())]


def page(model, query=""):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_export") + query


def choices(**changed):
    return {"file_format": "csv", "shape": "long", "content": "rows"} | changed


def lines(response, encoding="utf-8"):
    return list(csv.reader(io.StringIO(response.getvalue().decode(encoding), newline="")))


def sheets(response):
    book = openpyxl.load_workbook(io.BytesIO(response.getvalue()))
    return {sheet.title: [list(row) for row in sheet.values] for sheet in book}


def test_records_are_named_by_their_keys_and_lists_by_sorted_codes():
    cast()
    rows = rows_of("programs")
    assert rows[0] == [
        "コード",
        "名称",
        "英語名称",
        "略称",
        "概要",
        "英語概要",
        "所管",
        "実施・関係機関",
        "開始年度",
        "終了年度",
        "終わり",
        "独立した予算を持つ",
        "公式サイト",
        "テーマ",
        "出典",
    ]
    assert rows[1] == [
        "satreps",
        "地球規模課題対応国際科学技術協力プログラム",
        "Science and Technology Research Partnership for Sustainable Development",
        "SATREPS",
        "開発途上国の研究者と、\n地球規模の課題に取り組む。",
        "",
        "jst",
        "jst; mext",
        2008,
        None,
        "継続中",
        "いいえ",
        "https://www.jst.go.jp/global/",
        "TH28",
        "review-2016",
    ]


def test_a_key_of_two_parts_is_joined():
    cast()
    assert [row[:2] for row in rows_of("footnotes")[1:]] == [
        ["2023/kokusai", "satreps"],
        ["2023/kokusai", "g20"],
    ]


def test_a_date_is_written_as_far_as_it_is_known():
    cast()
    assert [row[4:6] for row in rows_of("events")[1:]] == [
        ["2019-06-28", "2019-06-29"],
        ["2019-03", ""],
        ["2015", ""],
    ]


@pytest.mark.parametrize("name", ["programs", "budgets", "events"])
def test_queries_do_not_grow_with_rows(name, django_assert_max_num_queries):
    who = cast()
    with django_assert_max_num_queries(20) as few:
        rows_of(name)
    for number in range(30):
        program = Program.objects.create(code=f"p{number}", name_ja="施策", source=who.review)
        program.organizations.set([who.jst])
        YearlyBudget.objects.create(
            program=program, fiscal_year=2017, basis="initial", amount_yen=1
        )
    with django_assert_max_num_queries(len(few)):
        rows_of(name)


def test_a_batch_of_rows_finds_its_own_links(monkeypatch):
    who = cast()
    monkeypatch.setattr("spreadsheets.exporting.long.BATCH", 2)
    for number in range(5):
        program = Program.objects.create(code=f"p{number}", name_ja="施策")
        program.organizations.set([who.jst] if number % 2 else [])
    rows = rows_of("programs", Program.objects.filter(code__startswith="p").order_by("code"))
    assert [(row[0], row[7]) for row in rows[1:]] == [
        ("p0", None),
        ("p1", "jst"),
        ("p2", None),
        ("p3", "jst"),
        ("p4", None),
    ]


def test_years_are_columns_in_the_largest_unit_that_loses_nothing():
    who = cast()
    YearlyBudget.objects.create(
        program=who.satreps, fiscal_year=2018, basis="initial", amount_yen=0
    )
    assert rows_of("budgets", make_table=wide_table) == [
        ["施策", "区分", "2016年度（百万円）", "2017年度（百万円）", "2018年度（百万円）"],
        ["iter", "当初予算", 22_384, None, None],
        ["iter", "翌年度へ繰越し", -1_234, None, None],
        ["satreps", "当初予算", None, None, 0],
    ]


def test_one_amount_that_is_no_whole_million_makes_it_yen():
    who = cast()
    YearlyBudget.objects.create(
        program=who.satreps, fiscal_year=2015, basis="executed", amount_yen=-500_001
    )
    assert rows_of("budgets", make_table=wide_table) == [
        ["施策", "区分", "2015年度（円）", "2016年度（円）"],
        ["iter", "当初予算", None, 22_384_000_000],
        ["iter", "翌年度へ繰越し", None, -1_234_000_000],
        ["satreps", "執行額", -500_001, None],
    ]


def test_the_list_is_exported_as_it_is_filtered_and_ordered(admin_client):
    cast()
    response = admin_client.post(page(Program, "?q=国際&o=-2"), choices())
    assert [line[0] for line in lines(response)] == [
        "コード",
        "sicorp",
        "satreps",
        "iter",
        "bilateral",
    ]
    response = admin_client.post(page(Program, "?has_own_budget__exact=0"), choices())
    assert [line[0] for line in lines(response)][:2] == ["コード", "satreps"]


def test_chosen_rows_are_exported(admin_client):
    who = cast()
    chosen = {"action": "export_selected", "_selected_action": [who.iter.pk, who.sicorp.pk]}
    answer = admin_client.post(reverse("admin:programs_program_changelist"), chosen)
    assert "2 行があります" in admin_client.get(answer.url).content.decode()
    response = admin_client.post(answer.url, choices())
    assert {line[0] for line in lines(response)} == {"コード", "iter", "sicorp"}


def test_all_rows_of_a_filtered_list_can_be_chosen(admin_client):
    who = cast()
    chosen = {
        "action": "export_selected",
        "_selected_action": [who.satreps.pk],
        "select_across": "1",
    }
    list_page = reverse("admin:programs_program_changelist")
    answer = admin_client.post(f"{list_page}?end_state__exact=ongoing", chosen)
    assert answer.url == page(Program, "?end_state__exact=ongoing")
    assert "2 行があります" in admin_client.get(answer.url).content.decode()


def test_who_may_not_view_may_not_export(client):
    cast()
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_organization"))
    client.force_login(user)
    assert client.post(page(Organization), choices()).status_code == 200
    assert client.post(page(Program), choices()).status_code == 403
    client.logout()
    assert client.get(page(Organization)).status_code == 302
    signed_out = client.post(page(Organization), choices())
    assert signed_out.status_code == 403
    assert "サインインが切れています" in signed_out.content.decode()


def test_the_file_is_sent_while_it_is_made(admin_client):
    cast()
    response = admin_client.post(page(YearlyBudget), choices(file_format="xlsx"))
    assert response.streaming
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith('attachment; filename="budgets-20')


def test_more_rows_than_an_import_takes_are_told(admin_client, settings):
    cast()
    settings.SPREADSHEETS = {"rows": 4}
    assert "一度に取り込めるのは 3 行までです" in admin_client.get(page(Program)).content.decode()
    assert "そのまま取り込めます" in admin_client.get(page(Organization)).content.decode()


def test_nobody_is_served_a_format_that_does_not_exist(admin_client):
    response = admin_client.post(page(Program), choices(file_format="exe"))
    assert "このままでは書き出せません" in response.content.decode()


def test_only_budgets_offer_a_column_a_year(admin_client):
    assert 'name="shape"' in admin_client.get(page(YearlyBudget)).content.decode()
    assert 'name="shape"' not in admin_client.get(page(Program)).content.decode()


def test_characters_that_cp932_lacks_are_shown_before_they_are_replaced(admin_client):
    cast()
    Organization.objects.create(code="yoshida", name_ja="𠮷田〜研究所")
    asked = choices(file_format="csv-cp932")
    html = compact(admin_client.post(page(Organization, "?q=yoshida"), asked).content.decode())
    assert "Shift_JISでは表せない文字が 1 個のセルにあります" in html
    assert (
        "<td>yoshida</td><td>名称</td><td>𠮷 <code>U+20BB7</code></td><td>1</td><td>〓</td>" in html
    )
    assert "<td>〜 <code>U+301C</code></td><td>1</td><td>～</td>" in html
    response = admin_client.post(page(Organization, "?q=yoshida"), asked | {"replace_lost": "on"})
    assert lines(response, "cp932")[1] == ["yoshida", "〓田～研究所", "", "", "", ""]


def test_cp932_needs_no_word_when_it_holds_everything(admin_client):
    cast()
    response = admin_client.post(page(Organization), choices(file_format="csv-cp932"))
    assert response["Content-Type"] == "text/csv; charset=Shift_JIS"
    assert lines(response, "cp932")[0][:2] == ["コード", "名称"]


def test_a_text_too_long_for_a_cell_of_excel_is_told_and_csv_takes_it(admin_client):
    cast()
    Source.objects.update(note="長" * 32_768)
    html = admin_client.post(page(Source), choices(file_format="xlsx")).content.decode()
    assert "「備考」に、Excelのセルに入る32,767字を超える文章があります" in html
    assert admin_client.post(page(Source), choices()).streaming


def test_more_rows_than_excel_has_are_told(admin_client, monkeypatch):
    cast()
    monkeypatch.setattr("spreadsheets.pages.export_form.LAST_EXCEL_ROW", 4)
    html = admin_client.post(page(Program), choices(file_format="xlsx")).content.decode()
    assert "Excelの表に入る1,048,575行を超えています" in html
    assert admin_client.post(page(Organization), choices(file_format="xlsx")).streaming


def test_an_empty_sheet_has_the_same_headings_and_says_how_to_fill_them(admin_client):
    cast()
    response = admin_client.post(page(Program), choices(file_format="xlsx", content="empty"))
    assert response["Content-Disposition"] == 'attachment; filename="programs-template.xlsx"'
    book = sheets(response)
    assert list(book) == ["施策", "記入要領"]
    assert len(book["施策"]) == 1
    assert book["施策"][0][:3] == ["コード", "名称", "英語名称"]
    by_heading = {row[0]: row[1:] for row in book["記入要領"]}
    assert list(by_heading) == ["見出し", *book["施策"][0]]
    assert by_heading["コード"] == [
        "行を見分ける列です。必ず書きます",
        "文字。80字まで。半角英数字とハイフン。公開後は変えません（例 satreps）。",
        "satreps",
        None,
    ]
    assert by_heading["開始年度"] == [
        "書かなくてもかまいません",
        "年度。2016、2016年度、平成28年度、H28 のどれでも読めます。西暦。4月に始まる年度です。",
        "2008",
        None,
    ]
    assert by_heading["終わり"][1:] == [
        "一覧から選びます。",
        "継続中",
        "終了年度が分かっている、継続中、不明",
    ]
    assert by_heading["実施・関係機関"][1] == "組織のコード。複数は ; で区切ります。"
    assert by_heading["名称"][0] == "新しい行には必ず書きます"


def test_an_empty_csv_is_its_headings(admin_client):
    cast()
    response = admin_client.post(page(Organization), choices(content="empty"))
    assert lines(response) == [["コード", "名称", "英語名称", "略称", "法人番号", "上位組織"]]


def test_an_empty_wide_sheet_has_the_years_of_the_records_or_the_last_five(admin_client):
    asked = choices(file_format="xlsx", content="empty", shape="wide")
    book = sheets(admin_client.post(page(YearlyBudget), asked))
    assert len(book["年度予算"][0]) == 7
    assert book["記入要領"][-1][1] == "書く年度だけ"
    cast()
    book = sheets(admin_client.post(page(YearlyBudget), asked))
    assert book["年度予算"] == [["施策", "区分", "2016年度（百万円）"]]


def broken_rules(content):
    """Return where a workbook breaks 統計表における機械判読可能なデータの表記方法の統一ルール."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    broken = [f"1-4 merged: {merged}" for merged in sheet.merged_cells.ranges]
    headings = [cell.value for cell in sheet[1]]
    broken += [f"1-6 heading: {heading}" for heading in headings if not heading]
    if len(set(headings)) < len(headings):
        broken.append("1-6 headings repeat")
    for row in sheet.iter_rows(min_row=2):
        if all(cell.value is None for cell in row):
            broken.append(f"1-2 blank row {row[0].row}")
        for cell, heading in zip(row, headings, strict=True):
            if cell.data_type == "f":
                broken.append(f"1-7 formula: {cell.coordinate}")
            if isinstance(cell.value, str) and cell.value != cell.value.strip():
                broken.append(f"1-5 spaces: {cell.coordinate}")
            is_number = "円）" in heading or heading.endswith("年度")
            if is_number and isinstance(cell.value, str):
                broken.append(f"1-3 number as text: {cell.coordinate}")
    if any(cell.value for cell in sheet[1] if "金額" in cell.value and "円" not in cell.value):
        broken.append("1-9 unit")
    return broken


@pytest.mark.parametrize("name", registry.names())
def test_exported_sheets_keep_the_rules_for_machine_readable_tables(name):
    cast()
    Organization.objects.update(short_name="  JST  ")
    resource = registry.get(name)()
    table = long_table(resource, resource._meta.model.objects.order_by("pk"))
    assert broken_rules(b"".join(FORMATS["xlsx"].write([table]))) == []


def test_wide_budgets_keep_the_rules_too():
    cast()
    table = wide_table(registry.get("budgets")(), YearlyBudget.objects.all())
    assert broken_rules(b"".join(FORMATS["xlsx"].write([table]))) == []
