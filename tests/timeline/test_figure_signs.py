"""The signs in a figure's sheet: each is read, or is an error that names its cell."""

import pytest

from programs.models import YearlyBudget
from spreadsheets.importing import plan_job, start_job
from spreadsheets.planning.plans import planned_issues
from tests.cast import cast
from tests.spreadsheets.sheets import apply
from timeline.models import Event, TimelineRow
from values.partial_date import PartialDate

pytestmark = pytest.mark.django_db

YEARS = "区分\t印刷された名\t2016\t2017\t2018\t2019\n"


@pytest.fixture(autouse=True)
def who():
    people = cast()
    for fiscal_year, amount in [(2017, 1_700_000_000), (2018, 0)]:
        YearlyBudget.objects.create(
            program=people.iter, fiscal_year=fiscal_year, basis="initial", amount_yen=amount
        )
    return people


def figure(rows, headings=YEARS, **options):
    options.setdefault("constants", {"timeline": "kokusai"})
    return plan_job(start_job("timeline-rows", f"{headings}{rows}".encode(), options=options))


def faults(job):
    return [(f"{each.column}{each.row}", each.code) for each in planned_issues(job)]


def sentences(job):
    return [each.message for each in planned_issues(job)]


def test_letters_that_agree_with_the_amounts_are_read():
    job = figure("施策等\tITER計画\tA\tＢ\t0\t?\n")
    assert faults(job) == []


def test_a_letter_that_the_scheme_does_not_have_is_an_error_of_its_cell():
    job = figure("施策等\tITER計画\tC\tB\t\t\n")
    assert faults(job) == [("C2", "sign.unknown")]


def test_a_letter_of_another_tier_names_the_amount_and_both_letters():
    job = figure("施策等\tITER計画\tB\t\t\t\n")
    assert sentences(job) == [
        "「B」とありますが、記録では「A」（当初予算 223.84億円）です。"
        "記録か図のどちらかを直してください。"
    ]


def test_a_letter_without_a_known_amount_is_not_taken_on_trust():
    job = figure("施策等\tITER計画\t\t\t\tA\n")
    assert faults(job) == [("F2", "sign.unconfirmed")]
    assert sentences(job) == [
        "「A」とありますが、当初予算の額は不明（2007年度から実施）です。"
        "予算の表で額を入れるか、空欄にしてください。"
    ]


@pytest.mark.parametrize("sign", ["?", "不明", "0", "内数", "開始前", "−"])
def test_a_word_against_the_amount_is_an_error_of_its_cell(sign):
    assert faults(figure(f"施策等\tITER計画\t{sign}\t\t\t\n")) == [("C2", "sign.contradicts")]


@pytest.mark.parametrize("sign", ["●", "○", "◎", "△", "★", "■", "━", "17.9", "→"])
@pytest.mark.parametrize("label", ["G20大阪サミット", "ITER計画", "まだ登録のない会議"])
def test_a_sign_of_another_figure_is_an_error_of_its_cell(sign, label):
    job = figure(f"施策等\t{label}\t\t\t\t{sign}\n")
    assert faults(job) == [("F2", "sign.unknown")]
    assert sentences(job) == [
        f"「{sign}」は年表の記号ではありません。出来事の年度なら ▲、"
        "施策の予算の区分なら A・B を入れるか、空欄にしてください。"
    ]


@pytest.mark.parametrize("sign", ["▲", "▲（6月）", "▲6月", "▲ 2019.6", "▲（6月28日）", "▲6/29"])
def test_a_mark_that_agrees_with_the_date_is_a_mark(sign):
    job = figure(f"会議\tG20大阪サミット\t\t\t\t{sign}\n")
    assert faults(job) == []
    apply(job)
    assert TimelineRow.objects.get(position=1).event.code == "g20-osaka-2019"


@pytest.mark.parametrize("sign", ["▲（3月）", "▲ 2019.7", "▲ 2018.6", "▲（6月30日）"])
def test_a_mark_of_another_month_is_an_error_of_its_cell(sign):
    assert faults(figure(f"会議\tG20大阪サミット\t\t\t\t{sign}\n")) == [("F2", "mark.contradicts")]


def test_a_month_that_the_record_does_not_know_is_not_taken_on_trust():
    Event.objects.filter(code="g20-osaka-2019").update(
        date=PartialDate(2019, is_fiscal=True), end_date=None
    )
    job = figure("会議\tG20大阪サミット\t\t\t\t▲（6月）\n")
    assert sentences(job) == [
        "「▲（6月）」ですが、「G20大阪サミット」の日付は記録では2019年度です。"
        "どちらかを直してください。"
    ]


def test_a_second_mark_is_an_error_of_its_cell():
    job = figure("会議\tG20大阪サミット\t\t▲\t\t▲\n")
    assert faults(job) == [("D2", "mark.contradicts")]
    assert sentences(job) == ["▲は2017年度ですが、「G20大阪サミット」は2019年度です。"]


def test_an_event_without_a_year_cannot_be_marked():
    Event.objects.create(code="talks", name_ja="協議", kind="meeting")
    job = figure("会議\t協議\t▲\t\t\t\n")
    assert sentences(job) == ["「協議」の年度が記録にありません。出来事の日付を入れてください。"]


def test_a_letter_in_an_events_row_is_an_error_of_its_cell():
    job = figure("会議\tG20大阪サミット\tA\t−\t\t▲\n")
    assert faults(job) == [("C2", "sign.of_event")]


def test_an_unknown_label_with_a_letter_asks_for_the_programme():
    job = figure("施策等\t新しい枠組み\tA\t\t\t\n")
    assert faults(job) == [("B2", "program.unknown")]


def test_a_row_that_becomes_a_heading_is_said():
    job = figure("施策等\t新しい枠組み\t−\t\t\t\n\t施策等\t\t\t\t\n")
    assert faults(job) == []
    assert (
        "1 行は、施策でも出来事でもない見出しの行として読みました（2行目「新しい枠組み」）。"
        in job.understood.notices
    )


def test_an_event_without_its_mark_and_rows_that_stay_are_said():
    job = figure("会議\tG20大阪サミット\t\t\t\t\n施策等\tITER計画\t\t\t\t?\n")
    assert list(job.understood.notices) == [
        "1 行は、出来事ですが年度に ▲ がありません（2行目「G20大阪サミット」）。",
        "年表には、この表にない行が 1 行あり、そのまま残ります。",
        "年表の 1 行（施策等）は、この表の行に置き換わります。"
        "置き換えないときは「順」の列を付けてください。",
    ]


def test_a_row_of_a_programme_becomes_one_of_an_event_and_back():
    """The kept blank never makes a row both."""
    apply(figure("\tG20大阪サミット\t\t\t\t▲\n会議\tG20大阪サミット\t\t\t\t▲\n"))
    row = TimelineRow.objects.get(position=2)
    assert (row.program, row.event.code) == (None, "g20-osaka-2019")
    apply(figure("施策等\t見出し\t\t\t\t\n施策等\tSATREPS\t\t\t\t\n"))
    row = TimelineRow.objects.get(position=2)
    assert (row.program.code, row.event) == ("satreps", None)
    apply(figure("施策等\t見出し\t\t\t\t\n施策等\t別の見出し\t\t\t\t\n"))
    row = TimelineRow.objects.get(position=2)
    assert (row.printed_label, row.program, row.event) == ("別の見出し", None, None)


@pytest.mark.parametrize(
    ("position", "program", "event"), [("2", "", "g20-osaka-2019"), ("3", "satreps", "")]
)
def test_a_list_of_rows_names_one_record_a_row(position, program, event):
    headings = "年表\t順\t施策\t出来事\n"
    apply(figure(f"kokusai\t{position}\t{program}\t{event}\n", headings, constants={}))
    row = TimelineRow.objects.get(position=position)
    assert (row.program.code if row.program else "") == program
    assert (row.event.code if row.event else "") == event


def test_a_note_goes_where_its_row_goes():
    apply(figure("出来事\tTICAD7に向けた提言\t\t\t▲\t\n施策等\tITER計画\t\t\t\t\n"))
    assert [(row.position, row.note) for row in TimelineRow.objects.order_by("position")[:2]] == [
        (1, "提言は2019年3月。\u3000年度では2018年度。"),
        (2, ""),
    ]


def test_a_group_of_none_takes_the_group_away():
    apply(figure("施策等\t施策等\t\t\t\t\n（なし）\tITER計画\t\t\t\t\n"))
    assert TimelineRow.objects.get(position=2).group == ""


def test_a_column_that_is_not_used_is_left_out():
    headings = "印刷された名\t2016\t備考\t2017\n"
    job = figure("ITER計画\tA\t主担当\tB\n", headings, mapping={"備考": ""})
    assert faults(job) == []
    assert "2016〜2017年度の2列" in job.understood.sentence["ja"]


def test_years_may_stand_in_a_column_of_marks():
    job = figure("G20大阪サミット\t令和元年度\n", "印刷された名\t▲の年度\n")
    assert faults(job) == []
    job = figure("G20大阪サミット\t2017、2019\n", "印刷された名\t▲の年度\n")
    assert faults(job) == [("B2", "mark.contradicts")]
    job = figure("G20大阪サミット\t来年\n", "印刷された名\t▲の年度\n")
    assert faults(job) == [("B2", "year.unknown")]


def test_a_whole_figure_on_another_basis_is_known_by_all_its_signs(who):
    for fiscal_year, amount in [(2016, 900_000_000), (2017, 6_000_000_000)]:
        YearlyBudget.objects.create(
            program=who.iter, fiscal_year=fiscal_year, basis="executed", amount_yen=amount
        )
    headings = "印刷された名\t2016\t2017\t2018\t2019\t2020\t2021\t2022\n"
    job = figure("ITER計画\t区分外\tA\t不明\t不明\t不明\t不明\t不明\n", headings)
    assert faults(job) == []
    assert "記号は執行額による図のものとして、記録と照合しました。" in job.understood.notices
    job = figure("ITER計画\t\tA\t\t\t\t\t\n", headings)
    assert faults(job) == [("C2", "sign.contradicts")]
