"""The figure's files: addresses, headers, and sheets that read back without a change."""

from datetime import UTC, datetime

import pytest

from chapters.models import Chapter, Release
from chapters.releasing.publishing import publish
from spreadsheets.importing import plan_job, start_job
from spreadsheets.planning.plans import planned_issues
from tests.cast import cast
from timeline.drawing.files import png as chart_png
from timeline.models import TimelineRow

FIGURE = "/chapters/2023/kokusai/timeline"
PUBLISHED = datetime(2024, 4, 1, tzinfo=UTC)


@pytest.fixture
def release(db):
    return publish(cast().chapter, note="初版", now=PUBLISHED)[0]


@pytest.mark.parametrize(
    ("extension", "content_type", "disposition"),
    [
        ("svg", "image/svg+xml; charset=utf-8", "inline"),
        ("json", "application/json", "inline"),
        ("csv", "text/csv; charset=utf-8", "attachment"),
        (
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment",
        ),
    ],
)
def test_each_file_says_what_it_is_and_what_to_call_it(
    client, release, extension, content_type, disposition
):
    response = client.get(f"{FIGURE}.{extension}?basis=total")
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    name = f"2023-kokusai-timeline-total.{extension}"
    assert response["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert response["Last-Modified"] == "Mon, 01 Apr 2024 00:00:00 GMT"


@pytest.mark.parametrize("extension", ["svg", "json", "csv", "xlsx"])
def test_an_unchanged_file_is_not_sent_again(client, release, extension):
    first = client.get(f"{FIGURE}.{extension}")
    again = client.get(f"{FIGURE}.{extension}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        f"{FIGURE}.{extension}?basis=executed&from=2015", headers={"If-None-Match": first["ETag"]}
    )
    assert other.status_code == 200


def test_a_releases_own_file_is_kept_and_the_current_one_asked_for_again(client, release):
    assert client.get(f"{FIGURE}.svg")["Cache-Control"] == "public, max-age=0, must-revalidate"
    fixed = client.get("/chapters/2023/kokusai/v1/timeline.svg")
    assert fixed["Cache-Control"] == "public, max-age=86400, immutable"


def test_an_old_releases_file_stays_as_it_was_published(client, release):
    TimelineRow.objects.filter(position=2).update(printed_label="ITER")
    chapter = Chapter.objects.get()
    publish(chapter, note="改訂", now=datetime(2024, 5, 1, tzinfo=UTC))
    old = client.get("/chapters/2023/kokusai/v1/timeline.csv").content.decode()
    assert "施策等,ITER計画," in old
    assert "施策等,ITER," in client.get(f"{FIGURE}.csv").content.decode()


def test_the_english_file_is_in_english(client, release):
    assert "Programme or event" in client.get(f"/en{FIGURE}.csv").content.decode()
    assert 'xml:lang="en"' in client.get(f"/en{FIGURE}.svg").content.decode()


def test_the_years_asked_for_are_drawn(client, release):
    columns = client.get(f"{FIGURE}.json?from=2015&to=H29").json()["columns"]
    assert [column["fiscal_year"] for column in columns] == [2015, 2016, 2017]


@pytest.mark.parametrize("address", [f"{FIGURE}.gif", f"{FIGURE}.svg?basis=nope"])
def test_there_is_no_file_of_an_unknown_kind_or_basis(client, release, address):
    assert client.get(address).status_code == 404


def test_a_chapter_without_a_timeline_has_no_file(client, db):
    chapter = cast().chapter
    chapter.timeline = None
    chapter.save()
    publish(chapter, note="初版", now=PUBLISHED)
    assert client.get(f"{FIGURE}.svg").status_code == 404


def test_a_scheduled_release_has_no_file_yet(client, release):
    Release.objects.update(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    assert client.get("/chapters/2023/kokusai/v1/timeline.svg").status_code == 404


def test_without_a_japanese_font_the_reader_is_told(client, release, monkeypatch):
    monkeypatch.setattr(chart_png, "has_japanese_font", lambda: False)
    chart_png.write_png.cache_clear()
    response = client.get(f"{FIGURE}.png")
    assert response.status_code == 503
    assert "日本語のフォントがない" in response.content.decode()


def test_the_page_links_every_file_on_its_own_basis(client, release):
    html = client.get(f"{FIGURE}/?basis=total").content.decode()
    for extension in ("xlsx", "csv", "svg", "png", "json"):
        assert f'href="{FIGURE}.{extension}?basis=total"' in html


def planned(client, timeline):
    content = client.get(f"{FIGURE}.csv").content
    options = {"constants": {"timeline": timeline.slug}}
    job = plan_job(start_job("timeline-rows", content, filename="f.csv", options=options))
    assert list(planned_issues(job)) == []
    return job.counts


def test_a_blank_label_and_a_missing_group_stay_as_they_are(client, db):
    who = cast()
    TimelineRow.objects.filter(position=2).update(printed_label="")
    TimelineRow.objects.filter(position=3).update(group="")
    publish(who.chapter, note="初版", now=PUBLISHED)
    assert planned(client, who.timeline)["unchanged"] == 3


def test_a_label_that_names_nothing_keeps_the_record_it_stands_for(client, db):
    who = cast()
    TimelineRow.objects.filter(position=2).update(printed_label="核融合のあれ")
    publish(who.chapter, note="初版", now=PUBLISHED)
    assert planned(client, who.timeline)["unchanged"] == 3
