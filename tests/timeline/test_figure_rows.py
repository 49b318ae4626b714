"""The figure as a sheet, read row by row; tests/chapters/test_figure_sheets.py reads it whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spreadsheets.importing import plan_job, start_job
from spreadsheets.models import ImportJob
from tests.cast import cast
from tests.spreadsheets.import_pages import confirm, press, upload, words
from timeline.models import TimelineRow

pytestmark = pytest.mark.django_db


def planned(client, sheet):
    """Upload a figure's rows for the timeline of the cast; return the job and the page."""
    cast()
    job, page = upload(client, TimelineRow, sheet)
    if "年表" not in sheet:
        page = press(client, job, "constants", timeline="kokusai")
    return ImportJob.objects.get(pk=job.pk), page


def test_rows_keep_the_numbers_that_a_sheet_gives_them(admin_client):
    job, _page = planned(admin_client, "順\t印刷された名\t2016\t2017\n5\tSATREPS\t\t\n")
    assert job.counts == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    confirm(admin_client, job, rows="all")
    rows = TimelineRow.objects.order_by("position").values_list("position", "printed_label")
    assert list(rows) == [(1, "施策等"), (2, "ITER計画"), (3, ""), (5, "SATREPS")]


def test_a_mark_beside_a_programmes_label_asks_for_an_event(admin_client):
    _job, page = planned(admin_client, "印刷された名\t2016\t2017\nITER計画\t▲\t\n")
    assert "出来事「ITER計画」が見つかりません。先に出来事を登録してください。" in words(page)


@pytest.mark.parametrize("headings", ["順\t2016\t2017", "年表\t2016\t2017"])
def test_a_figure_without_labels_is_refused_in_words(admin_client, headings):
    cast()
    _job, page = upload(admin_client, TimelineRow, f"{headings}\n1\t▲\t\n")
    assert "「印刷された名」の列がありません。" in words(page)


def test_a_number_of_its_own_is_known_in_any_width(admin_client):
    job, _page = planned(admin_client, "順\t印刷された名\t2016\t2017\n２\tITER Project\t\t\n")
    assert job.counts == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}


def test_a_mark_beside_a_printed_heading_finds_the_event_of_that_name(admin_client):
    cast()
    TimelineRow.objects.filter(position=1).update(printed_label="大阪G20")
    job, _page = upload(admin_client, TimelineRow, "印刷された名\t2018\t2019\n大阪G20\t\t▲\n")
    press(admin_client, job, "constants", timeline="kokusai")
    confirm(admin_client, job, rows="all")
    assert TimelineRow.objects.get(position=1).event.code == "g20-osaka-2019"


@pytest.mark.parametrize("heading", ["施策", "出来事"])
def test_years_beside_a_column_of_records_are_refused_in_words(admin_client, heading):
    cast()
    sheet = f"年表\t順\t{heading}\t2016\t2017\nkokusai\t2\titer\t\t\n"
    job, page = upload(admin_client, TimelineRow, sheet)
    assert f"「{heading}」の列と年度の列が、一つの表にあります。" in words(page)
    assert ImportJob.objects.get(pk=job.pk).state == "refused"


def test_labels_of_any_number_are_found_in_the_same_queries():
    cast()
    counts = []
    for size in (1, 100):
        rows = "".join(
            f"1{n}\tSATREPS（{n}）\t\t\n2{n}\tG20大阪サミット（{n}）\t\t▲\n" for n in range(size)
        )
        sheet = f"順\t印刷された名\t2018\t2019\n{rows}".encode()
        job = start_job("timeline-rows", sheet, options={"constants": {"timeline": "kokusai"}})
        with CaptureQueriesContext(connection) as queries:
            assert plan_job(job).counts["refused"] == 0
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
