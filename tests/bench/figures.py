"""The page of many programmes that the browser is shown, as the server sends it."""

import time

from django.test import Client
from django.utils import translation

from programs.models import Organization, Program, Tier, TierScheme, YearlyBudget
from spreadsheets.tables import insert_rows, reserve_ids
from tests.bench import timelines
from tests.bench.timelines import YEARS
from timeline import views


def store(rows: int) -> None:
    """Store the programmes and sums of timelines.facts."""
    scheme = TierScheme.objects.create(code="three", name_ja="三区分")
    for rule in timelines.TIERS:
        Tier.objects.create(
            scheme=scheme,
            letter=rule.letter,
            label_ja=rule.label_ja,
            lower_bound_yen=rule.lower_bound_yen,
            is_lower_bound_included=rule.is_lower_bound_included,
        )
    organizations = list(Organization.objects.values_list("pk", flat=True))
    facts = timelines.facts(rows, YEARS).rows
    pks = reserve_ids(Program, rows)
    insert_rows(
        Program,
        ["id", "code", "name_ja", "name_en", "abbreviation", "summary_ja", "summary_en",
         "lead_organization_id", "start_fiscal_year", "end_fiscal_year", "end_state",
         "has_own_budget", "official_url", "search_key"],
        (
            [pk, row.code, row.label_ja, "", "", "", "", organizations[pk % len(organizations)],
             row.start_fiscal_year, row.end_fiscal_year, row.end_state, True, "", row.code]
            for pk, row in zip(pks, facts, strict=True)
        ),
    )  # fmt: skip
    insert_rows(
        YearlyBudget,
        ["program_id", "fiscal_year", "basis", "amount_yen", "reported_unit", "source_locator"],
        (
            [pk, fiscal_year, basis, amount.amount_yen, "yen", ""]
            for pk, row in zip(pks, facts, strict=True)
            for (fiscal_year, basis), amount in row.amounts.items()
        ),
    )


def page(rows: int) -> dict:
    """All programmes on one page, and the CPU time the server needs for it.

    1,000 rows fit on a page of the site. For 10,000, which it divides into pages, the bound is
    lifted here: what the browser makes of so many is measured all the same.
    """
    views.MOST_PAGE_CELLS = max(views.MOST_PAGE_CELLS, rows * YEARS)
    first = timelines.LAST_YEAR - YEARS + 1
    query = {"rows": "all", "from": first, "to": timelines.LAST_YEAR}
    client = Client(SERVER_NAME="localhost")
    with translation.override("ja"):
        client.get("/programs/timeline/", query)
        started = time.process_time()
        response = client.get("/programs/timeline/", query)
    assert response.status_code == 200, response
    cpu_s, html = time.process_time() - started, response.content.decode()
    assert html.count('<tr class="row-program"') == rows
    return {"html": html, "cpu_s": cpu_s}
