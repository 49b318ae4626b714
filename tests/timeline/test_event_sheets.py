"""A list of events, with dates in every writing."""

import datetime
import io

import openpyxl
import pytest

from programs.models import Source
from spreadsheets.importing import plan_job, start_job
from spreadsheets.planning.plans import planned_issues
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, issues, plan
from timeline.models import Event

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称", "種類", "日付"]


def listed(*dates):
    return [HEADINGS, *([f"e{n}", f"行事{n}", "会議", date] for n, date in enumerate(dates, 1))]


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def stored():
    events = Event.objects.order_by("code")
    return [(each.date.stored, each.end_date.stored if each.end_date else "") for each in events]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("令和4年3月30日", "2022-03-30"),
        ("R4.3.30", "2022-03-30"),
        ("H30.4", "2018-04"),
        ("平成30年度", "FY2018"),
        ("20220330", "2022-03-30"),
        ("201804", "2018-04"),
        ("2018", "2018"),
        ("2022/3/30(水)", "2022-03-30"),
        ("2022年（令和4年）3月30日", "2022-03-30"),
    ],
)
def test_a_date_is_read_in_every_writing(text, date):
    job = plan("events", *listed(text))
    assert list(job.understood.notices) == []
    apply(job)
    assert stored() == [(date, "")]


def test_a_serial_number_is_a_date_and_is_said():
    job = plan_job(start_job("events", workbook(listed(44650, 44650.5, 2018, 20220330))))
    assert list(job.understood.notices) == [
        "2 個のセルの数は、Excel の通し日数として読みました"
        "（D2: 44650 → 2022-03-30, D3: 44650.5 → 2022-03-30）。"
    ]
    apply(job)
    assert [date for date, _end in stored()] == ["2022-03-30", "2022-03-30", "2018", "2022-03-30"]


def test_a_time_of_day_is_left_out_and_said():
    cells = [
        datetime.datetime(2022, 3, 30, 9, 30),
        "2022/3/30 9:30",
        "2022年3月30日（水）午後1時30分",
        "2022-03-30 10:00～12:00",
        datetime.datetime(2022, 3, 30),
        "2022-03-30 00:00",
    ]
    job = plan_job(start_job("events", workbook(listed(*cells))))
    assert list(job.understood.notices) == [
        "4 個のセルの時刻は除き、日付だけを読みました（D2, D3, D4, D5）。"
    ]
    apply(job)
    assert stored() == [("2022-03-30", "")] * 6


@pytest.mark.parametrize("blank", ["keep", "erase"])
def test_a_span_in_one_cell_is_a_first_and_a_last_day(blank):
    cast()
    job = plan(
        "events",
        ["コード", "名称", "種類", "日付"],
        ["e1", "会合", "会議", "令和4年3月28日～30日"],
        ["g20-osaka-2019", "G20大阪サミット", "会議", "2019-06-28"],
        blank=blank,
    )
    assert list(job.understood.notices) == ["1 個のセルの期間は、日付と最終日に分けました（D2）。"]
    apply(job)
    event = Event.objects.get(code="e1")
    assert (event.date.stored, event.end_date.stored) == ("2022-03-28", "2022-03-30")
    assert Event.objects.get(code="g20-osaka-2019").end_date.stored == "2019-06-29"


def test_a_span_fills_a_blank_last_day_and_no_other():
    job = plan(
        "events",
        [*HEADINGS, "最終日"],
        ["e1", "一", "会議", "2022年3月28日～30日", ""],
        ["e2", "二", "会議", "2022年3月28日～30日", "2022-03-31"],
    )
    assert issues(job) == [
        ("D3", "「2022年3月28日～30日」は期間です。日付を一つだけ書いてください。")
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "2022年春",
            "「2022年春」は日付として読めません。分かる年・月・日までを書いてください。"
            "2022年のことでしょうか？",
        ),
        ("4/30", "「4/30」には年がありません。年から書いてください。"),
        (
            "22.3.30",
            "「22.3.30」の年は、西暦の下2桁とも元号の年とも読めます。"
            "西暦4桁か、平成22年3月30日のように書いてください。2022-03-30のことでしょうか？",
        ),
    ],
)
def test_what_may_mean_several_dates_is_an_error_of_its_cell(text, sentence):
    assert issues(plan("events", *listed(text))) == [("D2", sentence)]


def test_a_source_has_whole_days():
    bring_in("sources", ["コード", "表題", "公表日"], ["s", "題", "R4.3.30"])
    assert Source.objects.get().published_on == datetime.date(2022, 3, 30)
    job = plan("sources", ["コード", "表題", "公表日"], ["t", "題", "2019年3月"])
    assert [(each.column, each.message) for each in planned_issues(job)] == [
        (
            "C",
            "「2019年3月」は日までの日付ではありません。日まで書くか、空欄にしてください。",
        )
    ]
