import pytest

from programs.models import Organization
from spreadsheets.importing import plan_job
from spreadsheets.models import ImportJob
from spreadsheets.pages.job_steps import keep_conflict
from spreadsheets.planning.understood import Conflict
from spreadsheets.writing.applying import BreaksRule
from tests.cast import cast
from tests.spreadsheets.import_pages import confirm, upload, words
from tests.spreadsheets.sheets import apply, plan

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称"]


def conflict(job):
    return ImportJob.objects.get(pk=job.pk).understood.conflict


@pytest.mark.parametrize("code", ["nsf", "jst"], ids=["new row", "changed row"])
def test_a_value_taken_by_a_colleague_since_the_preview_is_refused_in_words(admin_client, code):
    cast()
    job, _page = upload(admin_client, Organization, f"コード,名称\n{code},財団\n".encode())
    Organization.objects.create(code="taken", name_ja="財団")
    page = confirm(admin_client, job, rows="all")
    assert page.status_code == 200
    assert "記録のきまりに合わなくなります。何も書き込んでいません。" in words(page)
    assert Organization.objects.get(name_ja="財団").code == "taken"


def test_what_a_plan_conflicts_with_is_kept_with_it():
    job = plan("organizations", HEADINGS, ["nsf", "財団"])
    keep_conflict(job, BreaksRule([]), seen=job.understood.plan)
    assert conflict(job) == Conflict(0)


def test_a_conflict_is_no_reason_against_the_next_one():
    job = plan("organizations", HEADINGS, ["nsf", "財団"])
    seen = job.understood.plan
    newer = plan_job(ImportJob.objects.get(pk=job.pk)).understood.plan
    keep_conflict(job, BreaksRule([]), seen=seen)
    assert conflict(job) is None
    assert ImportJob.objects.get(pk=job.pk).understood.plan == newer != seen


def test_a_plan_that_was_written_meanwhile_has_no_conflict():
    job = plan("organizations", HEADINGS, ["nsf", "財団"])
    apply(job)
    keep_conflict(job, BreaksRule([]), seen=job.understood.plan)
    assert conflict(job) is None
