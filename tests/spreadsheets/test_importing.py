import openpyxl
import pytest
from django.utils import translation

from programs.models import Organization
from spreadsheets import registry
from spreadsheets.deciding.file_tables import read_tables
from spreadsheets.deciding.heading_memory import remember
from spreadsheets.deciding.questions import MissingColumns, UnknownColumns
from spreadsheets.importing import plan_job, start_job
from spreadsheets.models import ColumnMemory, ImportJob
from spreadsheets.planning.plans import AlreadyWritten
from spreadsheets.reading import ReadError
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, csv_bytes, issues, plan, rows

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称", "略称"]
NSF = ["nsf", "全米科学財団", "NSF"]
BUDGET_HEADINGS = ["施策", "年度", "区分", "金額"]


def table(name, content, **options):
    (found,) = read_tables(registry.get(name)(), content, options)
    return found


def xlsx(tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows_of_sheet in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows_of_sheet:
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    return (tmp_path / "book.xlsx").read_bytes()


def new_values(job, name):
    position = job.understood.stored.index(name)
    return [values[position] for _row, values, _links in rows(job, "new")]


def test_a_started_job_keeps_the_bytes_and_their_sum():
    job = start_job("organizations", b"abc", filename="x.csv", options={"blank": "erase"})
    assert bytes(job.file.content) == b"abc"
    assert job.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (job.filename, job.options, job.state) == ("x.csv", {"blank": "erase"}, "planned")


def test_a_long_file_name_is_cut():
    assert len(start_job("organizations", b"abc", filename="x" * 300).filename) == 255


def test_what_was_understood_is_one_sentence_in_each_language():
    job = plan("organizations", HEADINGS, NSF)
    assert job.understood.sentence == {
        "ja": "UTF-8 の CSV、1行目を見出しとして読みました。",
        "en": "Read CSV in UTF-8, row 1 as the heading.",
    }
    assert job.understood.columns == (
        ("A", "コード", "code", "コード"),
        ("B", "名称", "name_ja", "名称"),
        ("C", "略称", "short_name", "略称"),
    )


def test_an_encoding_may_be_given():
    content = csv_bytes(HEADINGS, NSF, encoding="euc_jp")
    assert table("organizations", content, encoding="euc_jp").data["name_ja"] == ["全米科学財団"]


def test_a_delimiter_may_be_given():
    content = "コード\t名称\nnsf\t全米,科学財団".encode()
    assert table("organizations", content, delimiter="\t").data["name_ja"] == ["全米,科学財団"]


def test_a_sheet_of_a_workbook_may_be_chosen(tmp_path):
    content = xlsx(tmp_path, {"古い": [HEADINGS, ["old", "古い", ""]], "新しい": [HEADINGS, NSF]})
    found = table("organizations", content, sheets=["新しい"])
    assert (found.grid.sheet, list(found.data["code"])) == ("新しい", ["nsf"])


def test_the_heading_row_may_be_given():
    content = csv_bytes(["コード", "名称", "旧"], HEADINGS, NSF)
    assert list(table("organizations", content, header_row=2).data["code"]) == ["nsf"]


def test_the_last_row_may_be_given():
    content = csv_bytes(HEADINGS, NSF, ["total", "合計", "2"])
    assert list(table("organizations", content, last_row=2).data["code"]) == ["nsf"]


def test_a_unit_may_be_given_for_amounts_without_one():
    cast()
    job = plan("budgets", BUDGET_HEADINGS, ["iter", "2017", "当初予算", "2"], unit="億円")
    assert new_values(job, "amount_yen") == [200_000_000]
    assert new_values(job, "reported_unit") == ["oku_yen"]


def test_a_heading_may_be_mapped_to_a_column_or_left_out():
    content = csv_bytes(["コード", "略称", "組織の名", "電話"], [*NSF[::2], NSF[1], "03"])
    with pytest.raises(UnknownColumns) as stop:
        table("organizations", content)
    keys = [key for _letter, _text, key, _samples in stop.value.headings]
    assert keys == ["組織の名", "電話"]
    found = table("organizations", content, mapping={"組織の名": "name_ja", "電話": ""})
    assert (list(found.data["name_ja"]), "電話" in found.data) == (["全米科学財団"], False)


def test_a_decision_in_the_options_goes_before_a_remembered_one():
    remember("organizations", {"通称": "name_en"})
    content = csv_bytes(["コード", "名称", "通称"], NSF)
    assert list(table("organizations", content).data["name_en"]) == ["NSF"]
    found = table("organizations", content, mapping={"通称": "short_name"})
    assert list(found.data["short_name"]) == ["NSF"]


def test_a_column_without_a_heading_is_not_remembered():
    remember("organizations", {"@D": "", "電話": ""})
    assert list(ColumnMemory.objects.values_list("heading_key", flat=True)) == ["電話"]


def test_what_is_remembered_belongs_to_one_kind_of_sheet():
    remember("organizations", {"電話": ""})
    with pytest.raises(UnknownColumns):
        table("events", csv_bytes(["コード", "名称", "電話"], ["x", "名", "03"]))


def test_a_file_given_back_with_its_faults_needs_no_column_deleted():
    job = plan("organizations", [*HEADINGS, "エラー"], [*NSF, "行を見分ける値がありません。"])
    assert job.counts["new"] == 1


def test_constants_fill_columns_for_all_rows_and_may_be_refused():
    cast()
    headings = ["施策", "年度", "金額（円）"]
    job = plan("budgets", headings, ["iter", "2017", "5"], constants={"basis": "執行"})
    assert new_values(job, "basis") == ["executed"]
    job = plan("budgets", headings, ["iter", "2017", "5"], constants={"basis": "予想"})
    assert job.counts["refused"] == 1


def test_years_side_by_side_without_a_word_over_them_ask_for_the_missing_column():
    cast()
    with pytest.raises(MissingColumns) as stop:
        plan("budgets", ["施策", "2016（円）", "H29（円）"], ["iter", "5", "6"])
    assert stop.value.names == ["basis"]
    sheet = (["施策", "2016（円）", "H29（円）"], ["iter", "5", "6"])
    assert new_values(plan("budgets", *sheet, constants={"basis": "執行"}), "basis") == [
        "executed",
        "executed",
    ]


def test_blank_erases_only_when_chosen():
    cast()
    sheet = (HEADINGS, ["jst", "科学技術振興機構", ""])
    assert plan("organizations", *sheet).counts["changed"] == 0
    assert plan("organizations", *sheet, blank="erase").counts["changed"] == 1


def test_planning_again_replaces_the_plan():
    job = start_job("organizations", csv_bytes(HEADINGS, NSF, ["nasa", "航空宇宙局", ""]))
    plan_job(job)
    first = job.understood.plan
    job.options = {"last_row": 2}
    plan_job(job)
    assert job.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert job.understood.plan != first
    assert [row for row, *_rest in rows(job, "new")] == [2]


def test_a_written_job_is_not_planned_again():
    job = bring_in("organizations", HEADINGS, NSF)
    with pytest.raises(AlreadyWritten):
        plan_job(ImportJob.objects.get(pk=job.pk))


def test_a_file_that_cannot_be_read_leaves_the_job_without_a_plan():
    job = start_job("organizations", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(ReadError):
        plan_job(job)
    assert job.planned_rows.count() == 0
    assert ImportJob.objects.get(pk=job.pk).counts == {}


def test_progress_is_told_from_none_to_all():
    told = []
    sheet = csv_bytes(HEADINGS, *([f"new-{n}", f"機構{n}", ""] for n in range(5_001)))
    plan_job(
        start_job("organizations", sheet), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(0, 5_001), (5_000, 5_001), (5_001, 5_001)]


def test_a_bad_cell_does_not_hide_that_its_row_repeats_a_key():
    cast()
    job = plan(
        "programs",
        ["コード", "名称", "開始年度"],
        ["new", "一つ目", "平成32"],
        ["new", "二つ目", "2016"],
    )
    assert sorted(place for place, _message in issues(job)) == ["2", "3", "C2"]


def test_a_stored_text_that_today_would_be_refused_may_come_back_as_it_is():
    cast()
    Organization.objects.filter(code="jst").update(corporate_number="0000000000000")
    headings = ["コード", "名称", "法人番号"]
    back = ["jst", "科学技術振興機構", "0000000000000"]
    assert plan("organizations", headings, back).counts["unchanged"] == 1
    moved = ["nsf", "全米科学財団", "0000000000000"]
    assert plan("organizations", headings, moved).counts["refused"] == 1


def test_a_unit_that_goes_with_an_amount_is_taken_only_where_the_amount_changes():
    cast()
    sheet = [["施策", "年度", "区分", "金額（百万円）"], ["iter", "2016", "当初予算", "22384"]]
    assert plan("budgets", *sheet).counts["unchanged"] == 1
    job = plan("budgets", sheet[0], ["iter", "2016", "当初予算", "22385"], blank="erase")
    ((_row, _pk, changes, _links, _withheld),) = rows(job, "changed")
    assert changes["amount_yen"] == [22_384_000_000, 22_385_000_000]


def test_reasons_are_in_the_readers_language():
    cast()
    with translation.override("en"):
        job = plan("organizations", HEADINGS, ["", "x", ""], ["a b", "y", ""])
    assert {place for place, _message in issues(job)} == {"A2", "A3"}


def test_an_empty_sheet_below_its_headings_changes_nothing():
    job = apply(plan("organizations", HEADINGS))
    assert (job.state, job.counts["new"]) == ("applied", 0)
