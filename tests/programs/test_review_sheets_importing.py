"""Review sheets into the records: programmes, names, numbers, budgets; once, and again."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from programs.models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    YearlyBudget,
)
from spreadsheets.models import ImportJob
from tests.programs.review_tables import EXTRACT, OFFICIAL, zipped

pytestmark = pytest.mark.django_db

OBSERVATION = "rs-2016-mext-0001"


@pytest.fixture
def run(tmp_path):
    """Return a function that imports two samples and returns the status and the JSON."""

    def run(names=EXTRACT, *arguments, sheets=(), budgets=()):
        paths = [
            zipped(tmp_path, names[0], replace=sheets),
            zipped(tmp_path, names[1], replace=budgets),
        ]
        output, status = StringIO(), 0
        try:
            call_command("import_review_sheets", *paths, "--json", *arguments, stdout=output)
        except SystemExit as stop:
            status = stop.code
        return status, json.loads(output.getvalue())

    return run


@pytest.fixture
def lighthouse():
    """A programme that an editor entered, without a number or a last year."""
    ministry = Organization.objects.create(code="mlit", name_ja="国土交通省")
    return Program.objects.create(
        code="lighthouse",
        name_ja="灯台交流事業",
        summary_ja="編集者の文",
        lead_organization=ministry,
        start_fiscal_year=2014,
    )


def amount(code, fiscal_year, basis):
    return YearlyBudget.objects.get(program__code=code, fiscal_year=fiscal_year, basis=basis)


def test_sheets_become_programmes_with_the_latest_name_and_years(run):
    status, done = run()
    assert status == 0
    assert list(
        Program.objects.order_by("code").values_list(
            "code", "name_ja", "lead_organization__code", "end_fiscal_year", "source__code"
        )
    ) == [
        ("rs-2016-mext-0001", "海洋観測網高度化事業", "mext", 2020, "rs-2018"),
        ("rs-2016-mofa-0010", "港湾調査費", "mofa", None, "rs-2017"),
        ("rs-2017-env-0020", "干潟保全事業", "env", 2017, "rs-2017"),
        ("rs-2017-env-0021", "藻場保全事業", "env", 2017, "rs-2017"),
        ("rs-2017-mlit-0030", "灯台観光交流事業", "mlit", None, "rs-2017"),
        ("rs-2018-env-0022", "沿岸環境保全事業", "env", None, "rs-2018"),
        ("rs-2018-mofa-0012", "北港湾調査費", "mofa", None, "rs-2018"),
        ("rs-2018-mofa-0013", "南港湾調査費", "mofa", None, "rs-2018"),
    ]
    assert done["records"]["programs"] == {"new": 8, "changed": 0, "unchanged": 0}
    assert (done["sheets"], done["programs_in_file"], done["errors"]) == (11, 8, [])


def test_another_name_is_former_and_numbers_keep_their_year(run):
    run()
    assert list(
        ProgramName.objects.values_list(
            "program__code", "kind", "name", "first_fiscal_year", "last_fiscal_year"
        )
    ) == [(OBSERVATION, "former", "海洋観測網整備事業", 2016, 2017)]
    assert list(
        ProgramIdentifier.objects.filter(program__code=OBSERVATION).values_list(
            "scheme", "value", "fiscal_year", "source__code"
        )
    ) == [
        ("review_sheet", "文部科学省/0001", 2016, "rs-2016"),
        ("review_sheet", "文部科学省/0002", 2017, "rs-2017"),
        ("review_sheet", "文部科学省/新31-0007", 2018, "rs-2018"),
    ]


def test_each_amount_has_its_basis_unit_and_the_latest_sheet_as_source(run):
    _, done = run()
    found = amount(OBSERVATION, 2016, "initial")
    assert (found.amount_yen, found.reported_unit) == (131_000_000, "million_yen")
    assert (found.source.code, found.source_locator) == ("rs-2018", "文部科学省/新31-0007")
    assert amount(OBSERVATION, 2013, "initial").source.code == "rs-2016"
    assert amount(OBSERVATION, 2017, "carried_out").amount_yen == -12_500_000
    assert amount(OBSERVATION, 2017, "supplementary").amount_yen == -4_300_000
    assert {w["code"]: w["count"] for w in done["warnings"]}["amount.differs"] == 2


def test_a_rounded_amount_is_no_contradiction(run):
    _, done = run(budgets=[("2016,131.0", "2016,130.4")])
    assert amount(OBSERVATION, 2016, "initial").amount_yen == 130_400_000
    assert "amount.differs" not in {warning["code"] for warning in done["warnings"]}


def test_a_blank_makes_no_row_and_a_zero_makes_one(run):
    run()
    bases = dict(
        YearlyBudget.objects.filter(program__code=OBSERVATION, fiscal_year=2018).values_list(
            "basis", "amount_yen"
        )
    )
    assert bases == {
        "initial": 0,
        "supplementary": 0,
        "carried_in": 0,
        "carried_out": 0,
        "reserve": 0,
        "total": 0,
        "request": 150_000_000,
    }
    assert amount(OBSERVATION, 2019, "request").amount_yen == 0


def test_pointers_become_merged_and_split_lineages(run):
    run()
    assert set(
        Lineage.objects.values_list(
            "from_program__code", "to_program__code", "kind", "fiscal_year", "source__code"
        )
    ) == {
        ("rs-2017-env-0020", "rs-2018-env-0022", "merged", 2018, "rs-2018"),
        ("rs-2017-env-0021", "rs-2018-env-0022", "merged", 2018, "rs-2018"),
        ("rs-2016-mofa-0010", "rs-2018-mofa-0012", "split", 2018, "rs-2018"),
        ("rs-2016-mofa-0010", "rs-2018-mofa-0013", "split", 2018, "rs-2018"),
    }


def test_a_second_run_writes_nothing(run):
    run()
    before = [
        model.history.count()
        for model in (Program, ProgramName, ProgramIdentifier, YearlyBudget, Lineage)
    ]
    status, done = run()
    assert (status, done["job"], done["new"], done["changed"]) == (0, None, 0, 0)
    assert done["unchanged"] > 0
    assert ImportJob.objects.count() == 1
    assert before == [
        model.history.count()
        for model in (Program, ProgramName, ProgramIdentifier, YearlyBudget, Lineage)
    ]


def test_a_dry_run_counts_the_same_and_writes_nothing(run):
    _, dry = run(EXTRACT, "--dry-run")
    assert (Program.objects.count(), ImportJob.objects.count(), Source.objects.count()) == (0, 0, 0)
    _, done = run()
    assert (dry["new"], dry["records"]) == (done["new"], done["records"])


def test_the_job_and_the_history_say_who_wrote(run):
    _, done = run()
    job = ImportJob.objects.get()
    assert (job.pk, job.resource, job.state) == (done["job"], "review-sheets", "applied")
    assert job.filename == "extract-sheets.zip + extract-budgets.zip"
    assert len(job.sha256) == 64
    assert job.counts["new"] == done["new"]
    for model in (Program, ProgramName, ProgramIdentifier, YearlyBudget, Lineage):
        rows = model.history.values_list("history_type", "import_job")
        assert set(rows) == {("+", job.pk)}
        assert len(rows) == model.objects.count()


def test_derived_columns_are_as_if_the_records_had_been_saved(run):
    run()
    program = Program.objects.get(code=OBSERVATION)
    written = Program.objects.filter(search_key__contains="海洋観測網高度化事業").get()
    assert written == program
    assert Program.objects.get(name_ja_key="海洋観測網高度化事業") == program
    assert ProgramName.objects.filter(name_key="海洋観測網整備事業").count() == 1


def test_a_programme_is_recognised_by_its_number(run, lighthouse):
    ProgramIdentifier.objects.create(
        program=lighthouse, scheme="review_sheet", value="国土交通省/0030", fiscal_year=2017
    )
    run()
    assert amount("lighthouse", 2017, "initial").amount_yen == 8_000_000
    assert list(lighthouse.names.values_list("name", flat=True)) == ["灯台観光交流事業"]
    assert not Program.objects.filter(code="rs-2017-mlit-0030").exists()


@pytest.mark.parametrize("name", ["灯台観光交流事業", "灯台　観光 交流事業"])
def test_a_programme_is_recognised_by_ministry_and_name(run, lighthouse, name):
    ProgramName.objects.create(program=lighthouse, kind="popular", name=name)
    run()
    assert lighthouse.identifiers.get().value == "国土交通省/0030"
    assert lighthouse.names.count() == 1


def test_a_name_that_two_programmes_bear_recognises_neither(run, lighthouse):
    ProgramName.objects.create(program=lighthouse, kind="popular", name="灯台観光交流事業")
    Program.objects.create(
        code="other", name_ja="灯台観光交流事業", lead_organization=lighthouse.lead_organization
    )
    _, done = run()
    assert not lighthouse.identifiers.exists()
    assert Program.objects.filter(code="rs-2017-mlit-0030").exists()
    assert {w["code"]: w["count"] for w in done["warnings"]}["program.ambiguous"] == 1


def test_what_an_editor_wrote_stays_and_blanks_are_filled(run, lighthouse):
    ProgramName.objects.create(program=lighthouse, kind="popular", name="灯台観光交流事業")
    run(sheets=[("2309,,", "2016,2030,")])
    lighthouse.refresh_from_db()
    assert (lighthouse.name_ja, lighthouse.summary_ja) == ("灯台交流事業", "編集者の文")
    assert (lighthouse.start_fiscal_year, lighthouse.source) == (2014, None)
    assert (lighthouse.end_fiscal_year, lighthouse.end_state) == (2030, "known")
    assert run(sheets=[("2309,,", "2016,2030,")])[1]["changed"] == 0


def test_an_amount_from_elsewhere_stays_and_the_difference_is_said(run, lighthouse):
    ProgramName.objects.create(program=lighthouse, kind="popular", name="灯台観光交流事業")
    YearlyBudget.objects.create(
        program=lighthouse, fiscal_year=2017, basis="initial", amount_yen=9_000_000
    )
    _, done = run()
    assert amount("lighthouse", 2017, "initial").amount_yen == 9_000_000
    assert {w["code"]: w["count"] for w in done["warnings"]}["amount.kept"] == 1


@pytest.mark.parametrize(("source_year", "kept"), [(2016, False), (2018, True), (2019, True)])
def test_a_sheet_s_amount_gives_way_only_to_a_later_sheet(run, source_year, kept):
    run()
    old, _ = Source.objects.get_or_create(
        code=f"rs-{source_year}", defaults={"title": "行政事業レビューシート"}
    )
    YearlyBudget.objects.filter(
        program__code=OBSERVATION, fiscal_year=2016, basis="initial"
    ).update(source=old, amount_yen=1)
    run()
    found = amount(OBSERVATION, 2016, "initial")
    assert found.amount_yen == (1 if kept else 131_000_000)
    assert found.source.code == (old.code if kept else "rs-2018")


def test_official_sheets_go_on_with_the_programmes_of_the_extract(run):
    run()
    status, done = run(OFFICIAL)
    assert status == 0
    program = Program.objects.get(code=OBSERVATION)
    assert (program.name_ja, program.end_state) == ("海洋観測網高度化事業（第２期）", "ongoing")
    assert program.identifiers.get(scheme="rs_system").value == "701"
    assert list(program.names.values_list("name", "first_fiscal_year", "last_fiscal_year")) == [
        ("海洋観測網整備事業", 2016, 2017),
        ("海洋観測網高度化事業", 2018, 2018),
    ]
    assert done["records"]["programs"] == {"new": 1, "changed": 2, "unchanged": 0}
    found = amount(OBSERVATION, 2017, "total")
    assert (found.amount_yen, found.reported_unit) == (135_700_000, "yen")
    assert (found.source.code, found.source_locator) == ("rs-2020", "文部科学省/701")
    assert found.source.url == "https://rssystem.go.jp/"
    assert amount(OBSERVATION, 2016, "initial").source.code == "rs-2018"
    coast = Program.objects.get(code="rs-2018-env-0022")
    assert (coast.start_fiscal_year, coast.end_fiscal_year) == (2018, 2025)


def test_both_orders_of_the_two_publications_give_the_same_programmes(run):
    run(OFFICIAL)
    run(EXTRACT)
    program = ProgramIdentifier.objects.get(value="701").program
    assert program.name_ja == "海洋観測網高度化事業（第２期）"
    assert set(program.identifiers.values_list("value", flat=True)) == {
        "701",
        "文部科学省/0001",
        "文部科学省/0002",
        "文部科学省/新31-0007",
    }
    assert set(program.names.values_list("name", flat=True)) == {
        "海洋観測網整備事業",
        "海洋観測網高度化事業",
    }
    assert amount(program.code, 2017, "total").amount_yen == 135_700_000
    assert amount(program.code, 2013, "initial").amount_yen == 100_000_000
    assert Program.objects.count() == 9
    for names in (EXTRACT, OFFICIAL):
        assert [run(names)[1][count] for count in ("new", "changed")] == [0, 0]


def test_a_programme_that_an_editor_took_over_keeps_its_name(run):
    run()
    program = Program.objects.get(code=OBSERVATION)
    program.name_ja = "海の観測網"
    program.save()
    run(OFFICIAL)
    program.refresh_from_db()
    assert (program.name_ja, program.source.code) == ("海の観測網", "rs-2018")
    assert program.identifiers.filter(scheme="rs_system").exists()
    assert list(program.names.values_list("name", flat=True)) == [
        "海洋観測網整備事業",
        "海洋観測網高度化事業（第２期）",
    ]


def test_known_organizations_and_sources_are_used(run):
    Organization.objects.create(code="monka", name_ja="文部科学省")
    Source.objects.create(code="rs-2018", title="手で入れた表題")
    run()
    assert Program.objects.filter(code="rs-2016-monka-0001").exists()
    assert Source.objects.get(code="rs-2018").title == "手で入れた表題"
    assert Source.objects.get(code="rs-2017").title == (
        "行政事業レビューシート 2017年度公開分（judgit/data）"
    )
    assert Organization.objects.get(name_ja="環境省").code == "env"


def test_a_ministry_without_an_english_name_gets_it_once_with_history(run, lighthouse):
    run()
    mext = Organization.objects.get(code="mext")
    Organization.objects.filter(pk=mext.pk).update(name_en="", search_key="")
    before = mext.history.count()
    _, dry = run(EXTRACT, "--dry-run")
    assert Organization.objects.get(code="mext").name_en == ""
    _, done = run()
    mext.refresh_from_db()
    assert mext.name_en == "Ministry of Education, Culture, Sports, Science and Technology"
    assert mext.search_key == ("文部科学省 ministryofeducation,culture,sports,scienceandtechnology")
    assert done["records"]["organizations"] == {"new": 0, "changed": 1, "unchanged": 0}
    assert (dry["changed"], done["changed"], done["new"]) == (1, 1, 0)
    assert mext.history.count() == before + 1
    last = mext.history.latest("history_id")
    assert (last.history_type, last.import_job_id, last.name_en) == ("~", done["job"], mext.name_en)
    assert [run()[1][key] for key in ("job", "changed")] == [None, 0]
    assert mext.history.count() == before + 1


def test_an_english_name_that_an_editor_gave_a_ministry_stays(run):
    Organization.objects.create(code="mext", name_ja="文部科学省", name_en="MEXT")
    Organization.objects.create(code="mlit", name_ja="国土交通省")
    Organization.objects.create(code="fsa", name_ja="金融庁")
    _, done = run()
    assert dict(
        Organization.objects.filter(code__in=["mext", "mlit", "fsa"]).values_list("code", "name_en")
    ) == {
        "mext": "MEXT",
        "mlit": "Ministry of Land, Infrastructure, Transport and Tourism",
        "fsa": "",
    }
    assert done["records"]["organizations"] == {"new": 2, "changed": 1, "unchanged": 0}


def test_an_unknown_ministry_is_refused_with_its_line(run):
    status, done = run(
        sheets=[("2017,国土交通省", "2017,海洋省")],
        budgets=[("2017,国土交通省", "2017,海洋省")] * 3,
    )
    assert status == 1
    assert [(e["row"], e["heading"], e["value"], e["code"]) for e in done["errors"]] == [
        (12, "府省庁", "海洋省", "ministry.unknown")
    ]


def test_a_faulty_file_writes_nothing(run):
    status, done = run(budgets=[("2013,100.0", "2013,百")])
    assert status == 1
    assert done["errors"] == [
        {
            "sheet": "extract-budgets.zip",
            "row": 2,
            "column": "当初予算（百万円）",
            "heading": "当初予算（百万円）",
            "value": "百",
            "code": "cell.amount",
            "message": "extract-budgets.zip 2行目「当初予算（百万円）」: "
            "「百」は金額ではありません。数字だけで書いてください。",
        }
    ]
    assert (Program.objects.count(), ImportJob.objects.count()) == (0, 0)


def test_a_failure_half_way_leaves_nothing(run, monkeypatch):
    def fail(self, plans):
        raise OSError("disk full")

    monkeypatch.setattr("programs.review_sheets.storing.Store._write_budgets", fail)
    with pytest.raises(OSError, match="disk full"):
        run()
    assert (Program.objects.count(), ImportJob.objects.count()) == (0, 0)


def test_missing_files_are_both_named(tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        call_command("import_review_sheets", tmp_path / "a.zip", tmp_path / "b.zip")
    assert stop.value.code == 1
    told = capsys.readouterr().err
    assert "a.zip: ファイルを開けません" in told
    assert "b.zip: ファイルを開けません" in told


def test_the_summary_for_people_counts_each_kind(tmp_path, capsys):
    paths = [zipped(tmp_path, name) for name in EXTRACT]
    call_command("import_review_sheets", *paths)
    told = capsys.readouterr().out
    assert "シート11枚を8件の施策として読みました。" in told
    assert "施策: 新規8、変更0、変更なし0" in told
    call_command("import_review_sheets", *paths)
    assert "変更はありません。" in capsys.readouterr().out


def test_long_work_says_how_far_it_is(tmp_path, monkeypatch, capsys):
    from programs.management.commands.import_review_sheets import StepLine

    monkeypatch.setattr(StepLine, "seconds", 0)
    call_command("import_review_sheets", *[zipped(tmp_path, name) for name in EXTRACT])
    told = capsys.readouterr().err
    assert "シートを読んでいます … 11" in told
    assert "書き込んでいます" in told


def test_an_amount_that_an_editor_corrected_stays_when_a_later_sheet_says_otherwise(
    run, lighthouse
):
    ProgramName.objects.create(program=lighthouse, kind="popular", name="灯台観光交流事業")
    early = Source.objects.create(code="rs-2014", title="行政事業レビューシート 2014年度公開分")
    corrected = YearlyBudget.objects.create(
        program=lighthouse, fiscal_year=2017, basis="initial", amount_yen=8_000_000, source=early
    )
    corrected.amount_yen = 9_000_000
    corrected.save()
    _, done = run()
    assert amount("lighthouse", 2017, "initial").amount_yen == 9_000_000
    assert {w["code"]: w["count"] for w in done["warnings"]}["amount.kept"] == 1
