import pytest
from django.urls import reverse

from programs.models import Program, YearlyBudget
from tests.admin_forms import form_data
from tests.cast import cast

pytestmark = pytest.mark.django_db


def listed(admin_client, model, query):
    page = reverse(f"admin:programs_{model}_changelist")
    response = admin_client.get(page, {"q": query})
    return sorted(str(row) for row in response.context["cl"].result_list)


@pytest.mark.parametrize(
    "query",
    ["ＩＴＥＲ", "iter", "イーター", "国際熱核融合 ITER", "文部科学省/0281", "Iter\u3000計画"],
)
def test_a_programme_is_found_as_people_type_it(admin_client, query):
    cast()
    assert listed(admin_client, "program", query) == ["ITER（国際熱核融合実験炉）計画等の実施"]


def test_budgets_are_found_by_a_name_of_their_programme(admin_client):
    cast()
    assert listed(admin_client, "yearlybudget", "イーター") == [
        "ITER（国際熱核融合実験炉）計画等の実施 2016 当初予算",
        "ITER（国際熱核融合実験炉）計画等の実施 2016 翌年度へ繰越し",
    ]


def test_amounts_are_shown_so_that_one_can_read_them(admin_client):
    who = cast()
    page = admin_client.get(reverse("admin:programs_program_change", args=[who.iter.pk]))
    assert "223.84億円" in page.content.decode()
    page = admin_client.get(reverse("admin:programs_yearlybudget_changelist"))
    assert "22,384,000,000" in page.content.decode()


@pytest.mark.parametrize("model", ["program", "yearlybudget"])
def test_a_list_costs_the_same_for_one_row_and_for_thirty(
    admin_client, django_assert_max_num_queries, model
):
    who = cast()
    page = reverse(f"admin:programs_{model}_changelist")
    YearlyBudget.objects.exclude(basis="initial").delete()
    with django_assert_max_num_queries(100) as one:
        admin_client.get(page)
    for number in range(30):
        program = Program.objects.create(
            code=f"p{number}", name_ja=f"施策{number}", lead_organization=who.jst
        )
        YearlyBudget.objects.create(
            program=program, fiscal_year=2017, basis="initial", amount_yen=1, source=who.review
        )
    with django_assert_max_num_queries(len(one)):
        admin_client.get(page)


def test_a_programme_saved_as_it_is_does_not_change(admin_client):
    who = cast()
    page = reverse("admin:programs_program_change", args=[who.satreps.pk])
    before = Program.objects.values().get(code="satreps")
    response = admin_client.post(page, form_data(admin_client.get(page)))
    assert response.status_code == 302
    assert Program.objects.values().get(code="satreps") == before


def test_line_ends_of_a_browser_are_kept_as_lf(admin_client):
    who = cast()
    page = reverse("admin:programs_program_change", args=[who.satreps.pk])
    data = form_data(admin_client.get(page)) | {"summary_ja": "一行目\r\n二行目\r\n"}
    admin_client.post(page, data)
    who.satreps.refresh_from_db()
    assert who.satreps.summary_ja == "一行目\n二行目"


def test_an_editor_reads_why_a_year_is_refused(admin_client):
    who = cast()
    page = reverse("admin:programs_program_change", args=[who.bilateral.pk])
    data = form_data(admin_client.get(page)) | {"end_fiscal_year": "1999"}
    html = admin_client.post(page, data).content.decode()
    assert "終了年度が開始年度より前です。どちらかを直してください。" in html


def test_an_older_state_can_be_taken_back(admin_client):
    who = cast()
    who.sicorp.abbreviation = "誤り"
    who.sicorp.save()
    oldest = who.sicorp.history.earliest()
    page = reverse("admin:programs_program_simple_history", args=[who.sicorp.pk, oldest.pk])
    shown = admin_client.get(page)
    assert "この内容に戻す" in shown.content.decode()
    data = {
        bound.html_name: bound.value()
        for bound in shown.context["adminform"].form
        if bound.value() not in (None, False)
    }
    admin_client.post(page, data)
    who.sicorp.refresh_from_db()
    assert who.sicorp.abbreviation == "SICORP"
