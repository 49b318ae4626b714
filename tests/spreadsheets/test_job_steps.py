import pytest

from programs.models import Organization
from spreadsheets.importing import plan_job
from spreadsheets.models import ImportJob
from spreadsheets.pages.stops import stop_writing
from spreadsheets.writing.applying import BreaksRule
from tests.cast import cast
from tests.spreadsheets.import_pages import confirm, upload, words
from tests.spreadsheets.sheets import apply, plan

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称"]


def hindrance(job):
    return ImportJob.objects.get(pk=job.pk).understood.get("hindrance")


@pytest.mark.parametrize("code", ["nsf", "jst"], ids=["new row", "changed row"])
def test_a_value_taken_by_a_colleague_since_the_preview_is_refused_in_words(admin_client, code):
    cast()
    job, _page = upload(admin_client, Organization, f"コード,名称\n{code},財団\n".encode())
    Organization.objects.create(code="taken", name_ja="財団")
    page = confirm(admin_client, job, rows="all")
    assert page.status_code == 200
    assert "記録のきまりに合わなくなります。何も書き込んでいません。" in words(page)
    assert Organization.objects.get(name_ja="財団").code == "taken"


def test_what_hindered_a_plan_is_kept_with_it():
    job = plan("organizations", HEADINGS, ["nsf", "財団"])
    stop_writing(job, BreaksRule([]), seen=job.understood["plan"])
    assert hindrance(job) == {"rules": [], "count": 0}


def test_what_hindered_a_plan_is_no_reason_against_the_next_one():
    job = plan("organizations", HEADINGS, ["nsf", "財団"])
    seen = job.understood["plan"]
    newer = plan_job(ImportJob.objects.get(pk=job.pk)).understood["plan"]
    stop_writing(job, BreaksRule([]), seen=seen)
    assert hindrance(job) is None
    assert ImportJob.objects.get(pk=job.pk).understood["plan"] == newer != seen


def test_a_plan_that_was_written_meanwhile_is_not_hindered():
    job = plan("organizations", HEADINGS, ["nsf", "財団"])
    apply(job)
    stop_writing(job, BreaksRule([]), seen=job.understood["plan"])
    assert hindrance(job) is None
