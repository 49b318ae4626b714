import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from programs.models import Program, Source, YearlyBudget
from spreadsheets.importing import start_job
from spreadsheets.pages.preview import excerpts
from spreadsheets.planning.issues import Issue
from spreadsheets.planning.planned import Change, ChangedRow, NewRow, RefusedRow
from spreadsheets.planning.plans import Plan, save_plan
from tests.cast import cast
from tests.spreadsheets.import_pages import upload, words

pytestmark = pytest.mark.django_db


def test_a_hundred_rows_stand_on_a_page(admin_client):
    sheet = "コード,表題\n" + "".join(f"s{n},表題{n}\n" for n in range(1, 251))
    job, page = upload(admin_client, Source, sheet.encode())
    assert "1 / 3 ページ" in words(page)
    assert ("s100" in words(page), "s101" in words(page)) == (True, False)
    last = words(admin_client.get(job.get_absolute_url(), {"kind": "new", "page": "3"}))
    assert ("s200 " in last, "s201" in last, "s250" in last) == (False, True, True)
    beyond = words(admin_client.get(job.get_absolute_url(), {"kind": "new", "page": "99"}))
    assert "3 / 3 ページ" in beyond
    odd = admin_client.get(job.get_absolute_url(), {"kind": "<x>", "page": "x"})
    assert "1 / 3 ページ" in words(odd)


def test_rows_of_one_kind_are_shown_at_a_time(admin_client):
    cast()
    sheet = "コード,表題\nreview-2016,別の表題\nneu,新しい表題\n"
    job, page = upload(admin_client, Source, sheet.encode())
    assert "行政事業レビューシート 平成28年度 → 別の表題" in words(page)
    assert "新しい表題" not in words(page)
    page = admin_client.get(job.get_absolute_url(), {"kind": "new"})
    assert "新しい表題" in words(page)


def test_values_are_shown_in_words(admin_client):
    cast()
    sheet = "code,lead_organization,has_own_budget,organizations\nsatreps,mext,はい,jst\n"
    _job, page = upload(admin_client, Program, sheet.encode())
    shown = words(page)
    assert "jst（科学技術振興機構） → mext（文部科学省）" in shown
    assert "いいえ → はい" in shown
    assert "jst（科学技術振興機構）; mext（文部科学省） → jst（科学技術振興機構）" in shown


def test_an_erased_value_is_shown_as_blank(admin_client):
    cast()
    _job, page = upload(admin_client, Program, "コード,略称\niter,\n".encode(), blank="erase")
    assert "略称 ITER → 空欄" in words(page)
    assert "空欄のセルは、今の値を消します。" in words(page)


def test_long_texts_are_cut_around_what_changed():
    before = "あ" * 1000 + "古い" + "う" * 1000
    after = "あ" * 1000 + "新しい" + "う" * 1000
    assert excerpts(before, after, 12) == (
        "…ああああ古いうううううう…",
        "…ああああ新しいううううう…",
    )
    assert excerpts("短い", "短文", 12) == ("短い", "短文")


LONG = '<"長い">' * 600
ISSUE = Issue("表", 2, "C", "見出し", LONG, "x", LONG)


@pytest.mark.parametrize("kind", ["new", "changed", "refused"])
def test_no_page_weighs_more_than_200_kb_however_long_its_cells_are(admin_client, kind):
    program = cast().iter
    fields = [field for field in Program._meta.concrete_fields if not field.primary_key]
    texts = [f.attname for f in fields if isinstance(f, models.CharField | models.TextField)]
    plan = Plan(columns=[field.attname for field in fields])
    values = [LONG if name in texts else None for name in plan.columns]
    row = {
        "new": NewRow(2, values, {}),
        "changed": ChangedRow(
            2, program.pk, {name: Change(LONG, LONG + "後") for name in texts}, {}
        ),
        "refused": RefusedRow(2, [ISSUE] * 12),
    }[kind]
    plan.rows[kind] = [row] * 100
    job = start_job("programs", b"x")
    save_plan(job, plan)
    page = admin_client.get(job.get_absolute_url())
    assert len(page.content) <= 200_000
    assert len(page.context["page"].rows) == 100


@pytest.mark.slow
def test_the_page_of_20_000_rows_is_light(admin_client):
    note = "備考" * 60
    lines = ["コード,表題,備考", *(f"s{n},表題{n},{note}" for n in range(20_000))]
    _job, page = upload(admin_client, Source, "\n".join(lines).encode())
    assert "新規 20,000" in words(page)
    assert len(page.content) <= 200_000


def test_a_page_asks_as_often_for_2_rows_as_for_200(admin_client):
    cast()

    def queries(count):
        years = "".join(f"iter,{2030 + n},当初予算,{n},review-2016\n" for n in range(count))
        sheet = "施策,年度,区分,金額（円）,出典\n" + years
        job, _page = upload(admin_client, YearlyBudget, sheet.encode())
        with CaptureQueriesContext(connection) as captured:
            admin_client.get(job.get_absolute_url())
        return len(captured)

    assert queries(2) == queries(60) <= 12
