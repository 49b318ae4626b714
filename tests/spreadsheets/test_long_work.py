"""The work runs in a thread with its own connection, so these tests store what they write."""

import threading
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client

from programs.models import Organization
from spreadsheets.importing import plan_job, start_job
from spreadsheets.models import ImportJob
from spreadsheets.pages import long_work
from tests.spreadsheets.import_pages import import_url, step_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SHEET = "コード,名称\n" + "".join(f"o{n},組織{n}\n" for n in range(12_000))


@pytest.fixture
def editor():
    client = Client()
    client.force_login(User.objects.create_superuser("tanaka"))
    return client


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(long_work, "QUIET_SECONDS", 0)
    monkeypatch.setattr(long_work, "SECONDS_A_LINE", 0.01)


@pytest.fixture
def planned():
    job = start_job("organizations", SHEET.encode(), filename="組織.csv")
    return plan_job(job)


def wait_for_workers():
    for thread in threading.enumerate():
        if isinstance(thread, long_work._Worker):
            thread.join(20)


def apply(client, job):
    form = {"plan": job.understood.plan, "rows": "all"}
    return client.post(step_url(job, "apply"), form)


def test_quick_work_leads_straight_to_its_result(editor):
    job = plan_job(start_job("organizations", "コード,名称\nnsf,財団\n".encode()))
    response = apply(editor, job)
    assert (response.status_code, response.url) == (302, job.get_absolute_url())
    assert Organization.objects.get().code == "nsf"


def test_long_work_shows_how_far_it_is_and_leads_on(editor, planned, impatient):
    response = apply(editor, planned)
    assert response.streaming
    page = b"".join(response).decode()
    assert "このページを閉じないでください。" in page
    assert 'max="12000"></progress> 5,000 / 12,000</p>' in page
    url = planned.get_absolute_url()
    assert f'<meta http-equiv="refresh" content="0;url={url}">' in page
    assert "<script>" not in page
    assert page.rstrip().endswith("</html>")
    assert Organization.objects.count() == 12_000


def test_who_goes_away_half_way_leaves_nothing_written(editor, planned, impatient, monkeypatch):
    reached, gone = threading.Event(), threading.Event()
    report = long_work._Worker.report

    def waiting(self, done, total):
        report(self, done, total)
        if done:
            reached.set()
            gone.wait(20)

    monkeypatch.setattr(long_work._Worker, "report", waiting)
    response = apply(editor, planned)
    pieces = iter(response)
    next(pieces)
    assert reached.wait(20)
    response.close()
    gone.set()
    wait_for_workers()
    assert Organization.objects.count() == 0
    assert ImportJob.objects.get().state == "planned"
    monkeypatch.setattr(long_work._Worker, "report", report)
    b"".join(apply(editor, planned))
    assert Organization.objects.count() == 12_000


def test_a_large_file_is_planned_with_progress(editor, impatient):
    response = editor.post(import_url(Organization), {"pasted": SHEET, "blank": "keep"})
    page = b"".join(response).decode()
    job = ImportJob.objects.get()
    assert f"url={job.get_absolute_url()}" in page
    assert job.counts["new"] == 12_000


def test_work_that_fails_says_that_nothing_was_written(editor, planned, impatient, monkeypatch):
    def broken(*args, **kwargs):
        time.sleep(0.5)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("spreadsheets.pages.job_steps.apply_job", broken)
    page = b"".join(apply(editor, planned)).decode()
    assert "途中で失敗しました。何も書き込んでいません。" in page
    assert "the disk is full" not in page
    assert Organization.objects.count() == 0


def test_the_file_of_faults_of_18_000_rows_is_made_with_progress(editor, impatient):
    rows = "".join(f"o{n},\n" for n in range(18_000))
    job = plan_job(start_job("organizations", f"コード,名称\n{rows}".encode(), filename="組織.csv"))
    page = b"".join(editor.get(step_url(job, "errors"))).decode()
    assert "誤りの一覧を作っています" in page
    assert f'<a href="{step_url(job, "errors")}">' in page
    assert f'<a href="{job.get_absolute_url()}">' in page
    file = editor.get(step_url(job, "errors"))
    assert file.content.decode().count("新しい行には「名称」が要ります。") == 18_000
