import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Organization, Program, YearlyBudget
from spreadsheets.deciding.heading_memory import remember
from spreadsheets.deciding.questions import MissingColumns, UnknownColumns
from spreadsheets.importing import plan_job, start_job
from spreadsheets.models import ImportJob
from tests.cast import cast
from tests.spreadsheets.sheets import bring_in, csv_bytes, issues, plan, rows

pytestmark = pytest.mark.django_db

ORGANIZATIONS = ["コード", "名称", "略称"]


def test_rows_are_new_changed_unchanged_or_refused():
    cast()
    job = plan(
        "organizations",
        ORGANIZATIONS,
        ["nsf", "全米科学財団", "NSF"],
        ["jst", "科学技術振興機構", "JST!"],
        ["mext", "文部科学省", "MEXT"],
        ["", "名のないコード", ""],
    )
    assert job.counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 1}
    ((row, _pk, changes, links, withheld),) = rows(job, "changed")
    assert (row, changes["short_name"], links, withheld) == (3, ["JST", "JST!"], {}, [])
    assert issues(job) == [("A5", "行を見分ける値がありません。")]


def test_planning_writes_no_record():
    cast()
    plan("organizations", ORGANIZATIONS, ["nsf", "全米科学財団", "NSF"])
    assert not Organization.objects.filter(code="nsf").exists()


def test_a_key_twice_in_the_sheet_refuses_both_rows_and_names_the_other():
    job = plan("organizations", ORGANIZATIONS, ["nsf", "一", ""], ["nsf", "二", ""])
    assert issues(job) == [
        ("2", "3行目と同じ「コード」です。どちらかを消してください。"),
        ("3", "2行目と同じ「コード」です。どちらかを消してください。"),
    ]


def test_a_blank_cell_keeps_unless_it_is_to_erase():
    cast()
    sheet = (ORGANIZATIONS, ["jst", "科学技術振興機構", ""])
    assert plan("organizations", *sheet).counts["unchanged"] == 1
    ((_row, _pk, changes, _links, _withheld),) = rows(
        plan("organizations", *sheet, blank="erase"), "changed"
    )
    assert changes["short_name"] == ["JST", ""]


def test_erasing_what_must_be_there_is_refused():
    cast()
    job = plan("organizations", ORGANIZATIONS, ["jst", "", "JST"], blank="erase")
    assert issues(job) == [("B2", "空欄にはできません。値を入れてください。")]


def test_a_new_row_without_what_it_needs_is_refused():
    job = plan("organizations", ["コード", "略称"], ["nsf", "NSF"])
    assert issues(job) == [("2", "新しい行には「名称」が要ります。")]


def test_a_value_that_must_be_unique_is_refused_beside_the_sheet_and_within_it():
    cast()
    job = plan(
        "organizations",
        ORGANIZATIONS,
        ["other", "科学技術振興機構", ""],
        ["nsf1", "全米科学財団", ""],
        ["nsf2", "全米科学財団", ""],
    )
    assert issues(job) == [
        ("B2", "「科学技術振興機構」はほかの記録がすでに使っています。"),
        ("B4", "3行目も「全米科学財団」です。"),
    ]


def test_a_constraint_of_the_model_is_kept_row_by_row():
    cast()
    job = plan(
        "programs",
        ["コード", "名称", "開始年度", "終了年度", "終わり"],
        ["back", "逆さの施策", 2020, 2019, "終了年度が分かっている"],
        ["open", "終わりのない施策", 2020, 2021, "継続中"],
    )
    assert issues(job) == [
        ("2", "終了年度が開始年度より前です。どちらかを直してください。"),
        ("3", "終了年度は「終了年度が分かっている」ときだけ、そのときは必ず入れてください。"),
    ]


def test_every_unreadable_cell_is_named_by_place_value_reason_and_remedy():
    cast()
    job = plan(
        "programs",
        ["コード", "名称", "所管", "開始年度", "公式サイト"],
        ["x", "名", "じぇいえすてぃー", "平成32", "javascript:alert(1)"],
    )
    assert issues(job) == [
        ("C2", "組織に「じぇいえすてぃー」はありません。先に登録するか、コードを直してください。"),
        (
            "D2",
            "「平成32」という年はありません（平成は31年まで）。2020年度のことでしょうか？",
        ),
        ("E2", "URLを正しく入力してください。"),
    ]


def test_organisations_and_programmes_go_by_code_name_or_other_name():
    who = cast()
    job = plan(
        "budgets",
        ["施策", "年度", "区分", "金額（円）"],
        ["iter", 2017, "当初予算", 1],
        ["イーター", 2018, "当初予算", 1],
        ["ITER（国際熱核融合実験炉）計画等の実施", 2019, "当初予算", 1],
        ["ＩＴＥＲ", 2020, "当初予算", 1],
    )
    assert job.counts["new"] == 4
    position = job.understood.stored.index("program_id")
    assert {values[position] for _row, values, _links in rows(job, "new")} == {who.iter.pk}


@pytest.mark.parametrize(
    "words",
    [
        "Science and Technology Research Partnership for Sustainable Development",
        "SCIENCE AND TECHNOLOGY RESEARCH PARTNERSHIP FOR SUSTAINABLE DEVELOPMENT",
        "地球規模課題対応国際科学技術協力プログラム（SATREPS）",
        "地球規模課題対応国際科学技術協力プログラム (ＳＡＴＲＥＰＳ)",
        "「地球規模課題対応国際科学技術協力プログラム」",
        "ＳＡＴＲＥＰ",
    ],
)
def test_a_programme_goes_by_its_english_name_and_with_a_short_form_in_brackets(words):
    cast()
    bring_in("budgets", ["施策", "年度", "区分", "金額（円）"], [words, 2017, "当初予算", 1])
    assert YearlyBudget.objects.get(fiscal_year=2017).program.code == "satreps"


@pytest.mark.parametrize(
    "words",
    [
        "地球規模課題のアフリカ特別枠（SATREPS）",
        "地球規模課題対応国際科学技術協力プログラム（新型枠）",
    ],
)
def test_a_part_of_a_programme_is_refused_not_taken_for_the_whole(words):
    cast()
    job = plan("budgets", ["施策", "年度", "区分", "金額（円）"], [words, 2017, "当初予算", 1])
    assert (job.counts["new"], job.counts["refused"]) == (0, 1)
    (refused,) = rows(job, "refused")
    assert words in str(refused)


def test_a_bracket_that_names_another_programme_is_not_guessed_away():
    cast()
    words = "地球規模課題対応国際科学技術協力プログラム（SICORP）"
    job = plan("budgets", ["施策", "年度", "区分", "金額（円）"], [words, 2017, "当初予算", 1])
    assert issues(job) == [
        (
            "A2",
            "「地球規模課題対応国際科学技術協力プログラム（SICORP）」はsatreps、sicorp の"
            "どれか分かりません。コードで書いてください。",
        )
    ]


def test_a_misspelt_name_is_answered_with_names_like_it():
    cast()
    job = plan(
        "budgets",
        ["施策", "年度", "区分", "金額（円）"],
        ["戦略的国際共同研究プログラマ", 2018, "当初予算", 1],
    )
    assert issues(job) == [
        (
            "A2",
            "施策に「戦略的国際共同研究プログラマ」はありません。"
            "戦略的国際共同研究プログラム（sicorp） のことでしょうか？",
        )
    ]


def test_a_name_of_two_programmes_is_not_guessed():
    who = cast()
    who.sicorp.names.create(kind="popular", name="イーター")
    job = plan("budgets", ["施策", "年度", "区分", "金額（円）"], ["イーター", 2018, "当初予算", 1])
    assert issues(job) == [
        ("A2", "「イーター」はiter、sicorp のどれか分かりません。コードで書いてください。")
    ]


def test_one_column_a_year_gives_one_budget_a_year_in_the_unit_of_the_sheet():
    cast()
    job = plan(
        "budgets",
        ["（単位：百万円）", "", "", ""],
        ["施策", "区分", "H29", "2018年度"],
        ["iter", "当初", "1.5", "▲2"],
        ["", "補正", "－", "不明"],
    )
    assert job.counts == {"new": 2, "changed": 0, "unchanged": 2, "refused": 0}
    stored = [values for _row, values, _links in rows(job, "new")]
    names = job.understood.stored
    assert [
        (row[names.index("fiscal_year")], row[names.index("amount_yen")]) for row in stored
    ] == [(2017, 1_500_000), (2018, -2_000_000)]
    assert {row[names.index("reported_unit")] for row in stored} == {"million_yen"}


def test_a_cell_under_a_year_is_named_by_its_own_letter():
    cast()
    job = plan(
        "budgets", ["施策", "区分", "H29（円）", "2018年度（円）"], ["iter", "当初", "1", "多額"]
    )
    assert [place for place, _message in issues(job)] == ["D2"]


def test_an_equal_amount_keeps_the_unit_it_was_reported_in():
    cast()
    job = plan(
        "budgets",
        ["施策", "年度", "区分", "金額（億円）"],
        ["iter", 2016, "当初予算", "223.84"],
    )
    assert job.counts["unchanged"] == 1


def test_an_unknown_heading_stops_once_and_is_remembered():
    cast()
    sheet = csv_bytes([*ORGANIZATIONS, "電話"], ["nsf", "全米科学財団", "NSF", "03"])
    with pytest.raises(UnknownColumns) as stop:
        plan_job(start_job("organizations", sheet))
    assert [text for _letter, text, _key, _samples in stop.value.headings] == ["電話"]
    remember("organizations", {stop.value.headings[0][2]: ""})
    assert plan_job(start_job("organizations", sheet)).counts["new"] == 1


def test_a_missing_key_column_may_be_one_value_for_all_rows():
    cast()
    sheet = csv_bytes(["施策", "年度", "金額（円）"], ["iter", 2017, 5])
    with pytest.raises(MissingColumns) as stop:
        plan_job(start_job("budgets", sheet))
    assert stop.value.names == ["basis"]
    job = start_job("budgets", sheet, options={"constants": {"basis": "当初予算"}})
    assert plan_job(job).counts["new"] == 1


def test_a_readonly_column_is_compared_but_withheld():
    cast()
    job = start_job("organizations", csv_bytes(ORGANIZATIONS, ["jst", "機構", "X"]))
    plan_job(job, readonly=frozenset({"short_name"}))
    ((_row, _pk, changes, _links, withheld),) = rows(job, "changed")
    assert set(changes) == {"name_ja", "short_name", "search_key", "name_ja_key"}
    assert withheld == ["short_name"]


def test_links_are_compared_as_sets():
    who = cast()
    heading = ["コード", "名称", "実施・関係機関"]
    assert plan("programs", heading, ["satreps", who.satreps.name_ja, "mext; jst"]).counts[
        "unchanged"
    ]
    ((_row, _pk, changes, links, _withheld),) = rows(
        plan("programs", heading, ["satreps", who.satreps.name_ja, "jst"]), "changed"
    )
    assert changes == {}
    assert links == {"organizations": [sorted([who.jst.pk, who.mext.pk]), [who.jst.pk]]}


def test_planning_again_replaces_the_plan():
    cast()
    job = plan("organizations", ORGANIZATIONS, ["nsf", "全米科学財団", "NSF"])
    plan_job(job)
    assert sum(chunk.count for chunk in job.planned_rows.all()) == 1


def test_the_number_of_queries_does_not_grow_with_the_rows():
    cast()
    counts = []
    for size in (5, 400):
        body = [[f"p{i}", f"施策{i}", "jst", 2000 + i % 20] for i in range(size)]
        job = start_job("programs", csv_bytes(["コード", "名称", "所管", "開始年度"], *body))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            plan_job(job)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_names_of_any_kind_are_looked_up_together():
    cast()
    heading = ["施策", "年度", "区分", "金額（円）"]
    names = ["SATREPS", "ITER Project", "戦略的国際科学技術協力推進事業"]
    counts = []
    for size in (1, 167):
        body = [
            [f"{name}（{' ' * i}{name}）", 1900 + i, "要求額", 5]
            for i in range(size)
            for name in names
        ]
        job = start_job("budgets", csv_bytes(heading, *body))
        with CaptureQueriesContext(connection) as queries:
            assert plan_job(job).counts["refused"] == 0
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


def test_unknown_names_are_looked_up_together():
    cast()
    heading = ["施策", "年度", "区分", "金額（円）"]
    counts = []
    for size in (25, 400):
        body = [[f"無い施策{i}", 2017, "当初予算", 5] for i in range(size)]
        job = start_job("budgets", csv_bytes(heading, *body))
        with CaptureQueriesContext(connection) as queries:
            assert plan_job(job).counts["refused"] == size
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


@pytest.mark.slow
def test_more_unknown_names_than_a_query_has_parameters_are_refused_one_by_one():
    cast()
    body = [[f"無い施策{i}", 2017, "当初予算", 5] for i in range(70_000)]
    job = plan("budgets", ["施策", "年度", "区分", "金額（円）"], *body)
    assert job.counts == {"new": 0, "changed": 0, "unchanged": 0, "refused": 70_000}


def test_a_job_keeps_who_what_and_the_hash(django_user_model):
    user = django_user_model.objects.create_user("hanako")
    job = start_job("organizations", b"abc", filename="x.csv", user=user)
    assert (job.owner, job.filename, job.state) == (user, "x.csv", ImportJob.State.PLANNED)
    assert job.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_absent_row_or_column_deletes_nothing():
    cast()
    plan("organizations", ["コード", "名称"], ["jst", "科学技術振興機構"])
    assert Organization.objects.count() == 2
    assert Program.objects.count() == 4
    assert YearlyBudget.objects.count() == 2
