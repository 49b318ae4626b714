"""The published files, whole: how many programmes, whether anything is counted twice, how fast."""

import csv
import io
import json
import time
import zipfile
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum

from programs.models import Program, YearlyBudget

SHARED = Path(__file__).parents[3] / "shared" / "data"
SHEETS = SHARED / "review-sheets-2015-2022.zip"
BUDGETS = SHARED / "review-budgets-2015-2022.zip"
OFFICIAL = (SHARED / "rs-2024-1-2.zip", SHARED / "rs-2024-2-1.zip")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SHEETS.exists(), reason="the full files are not on this machine"),
]


def run(*paths):
    output = StringIO()
    call_command("import_review_sheets", *paths, "--json", stdout=output)
    return json.loads(output.getvalue())


def own_initial_sums():
    """Return what each year's sheets say of their own year's initial budget, in yen."""
    sums = Counter()
    with zipfile.ZipFile(BUDGETS) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        if row["公開年度"] == row["予算年度"] and row["当初予算（百万円）"]:
            sums[int(row["公開年度"])] += round(float(row["当初予算（百万円）"]) * 1_000_000)
    return sums


def test_the_full_files_become_programmes_none_of_them_twice(chapter_nine):
    started = time.process_time()
    first = run(SHEETS, BUDGETS)
    assert time.process_time() - started < 90
    assert first["sheets"] == 42_370
    assert 9_500 <= Program.objects.count() <= 11_500
    own = own_initial_sums()
    for fiscal_year in range(2017, 2023):
        total = YearlyBudget.objects.filter(fiscal_year=fiscal_year, basis="initial").aggregate(
            total=Sum("amount_yen")
        )["total"]
        assert 0.99 <= total / own[fiscal_year] <= 1.04

    exchange = Program.objects.get(code="inter-university-exchange")
    initial = exchange.budgets.filter(basis="initial", fiscal_year__gte=2015)
    assert [row.amount_yen // 1_000_000 for row in initial.order_by("fiscal_year")] == [
        2365,
        1641,
        1658,
        1471,
        1310,
        1198,
        1007,
        1055,
    ]

    internship = Program.objects.get(code="mofa-internship")
    assert {internship.name_ja, *internship.names.values_list("name", flat=True)} == {
        "日本人学生のインターンシップ支援・日本人研究者育成支援事業",
        "日本人学生のインターンシップ支援及び日本人研究者育成支援事業",
        "日本人学生のインターンシップ支援",
        "日本人学生のインターンシップ及び日本人研究者育成支援事業",
    }
    assert internship.identifiers.count() == 8
    assert not Program.objects.filter(
        name_ja__contains="日本人学生のインターンシップ", code__startswith="rs-"
    ).exists()

    second = run(SHEETS, BUDGETS)
    assert (second["job"], second["new"], second["changed"]) == (None, 0, 0)


def test_the_official_files_are_read_whole_and_once(chapter_nine):
    first = run(*OFFICIAL)
    assert (first["sheets"], first["budget_rows"]) == (5_664, 37_981)
    assert first["programs_in_file"] == 5_664
    assert first["records"]["programs"]["new"] < 5_664
    second = run(*OFFICIAL)
    assert (second["job"], second["new"], second["changed"]) == (None, 0, 0)
