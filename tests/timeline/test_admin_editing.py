"""The admin page of a timeline: the figure beside the form, rows from a list, what is missing."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from programs.models import Program, ProgramIdentifier, YearlyBudget
from tests.admin_forms import form_data
from tests.cast import cast
from timeline.models import Timeline, TimelineRow
from timeline.rows.labels import ListedNames
from timeline.rows.listed import read_lines

pytestmark = pytest.mark.django_db

ADD_ROWS = "/admin/timeline/timeline/add-rows/"


@pytest.fixture
def who():
    return cast()


@pytest.fixture
def editor(client, django_user_model):
    """A client signed in as staff with no right at all; `allow` gives rights."""
    user = django_user_model.objects.create_user("sato", password="x", is_staff=True)
    client.force_login(user)

    def allow(*names):
        for name in names:
            user.user_permissions.add(Permission.objects.get(codename=name))

    client.allow = allow
    return client


def change_page(timeline):
    return reverse("admin:timeline_timeline_change", args=[timeline.pk])


def figure_page(timeline):
    return reverse("admin:timeline_timeline_figure", args=[timeline.pk])


def labels(timeline):
    return [(row.position, row.group, row.label) for row in timeline.rows.all()]


def drawn_labels(html):
    return re.findall(r'<g data-kind="\w+"><text [^>]*>([^<]*)', html)


def test_the_figure_stands_beside_the_form(admin_client, who):
    html = admin_client.get(change_page(who.timeline)).content.decode()
    assert drawn_labels(html) == ["施策等", "ITER計画", "TICAD7に向けた提言"]
    assert f'data-url="{figure_page(who.timeline)}"' in html


def test_a_new_timeline_has_no_figure_yet(admin_client, who):
    html = admin_client.get("/admin/timeline/timeline/add/").content.decode()
    assert "figure-panel" not in html


def test_the_figure_shows_what_the_form_says_without_saving_it(admin_client, who):
    before = list(TimelineRow.objects.values())
    data = form_data(admin_client.get(change_page(who.timeline))) | {
        "rows-0-position": "2",
        "rows-1-position": "1",
        "rows-1-printed_label": "核融合",
        "rows-2-DELETE": "on",
        "last_fiscal_year": "令和7年度",
    }
    html = admin_client.post(figure_page(who.timeline), data).content.decode()
    assert drawn_labels(html) == ["核融合", "施策等"]
    assert ">2025</text>" in html
    assert list(TimelineRow.objects.values()) == before


@pytest.mark.parametrize(
    "typed",
    [
        {"first_fiscal_year": "平成99年", "basis": "nope", "tier_scheme": "x"},
        {"first_fiscal_year": "2022", "last_fiscal_year": "2016"},
        {"rows-1-position": "二", "rows-1-program": "999999", "rows-2-event": "\u0663"},
        {"rows-TOTAL_FORMS": "many"},
        {"figure_width": "9" * 40},
    ],
)
def test_a_form_half_typed_is_drawn_as_far_as_it_can_be_read(admin_client, who, typed):
    data = form_data(admin_client.get(change_page(who.timeline))) | typed
    response = admin_client.post(figure_page(who.timeline), data)
    assert response.status_code == 200
    assert "<svg" in response.content.decode()


def test_the_figure_is_as_wide_as_its_panel(admin_client, who):
    html = admin_client.post(figure_page(who.timeline), {"figure_width": "800"}).content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg" width="800"' in html


def test_the_preview_costs_the_same_for_three_rows_and_for_thirty(
    admin_client, who, django_assert_max_num_queries
):
    page = figure_page(who.timeline)
    data = form_data(admin_client.get(change_page(who.timeline)))
    with django_assert_max_num_queries(40) as few:
        admin_client.post(page, data)
    count = len(few)
    for number in range(27):
        program = Program.objects.create(code=f"p{number}", name_ja=f"事業{number}")
        TimelineRow.objects.create(timeline=who.timeline, position=number + 10, program=program)
    data = form_data(admin_client.get(change_page(who.timeline)))
    with django_assert_max_num_queries(count):
        admin_client.post(page, data)


def test_who_may_look_sees_the_saved_figure_and_who_may_change_its_preview(editor, who):
    page = figure_page(who.timeline)
    assert editor.get(page).status_code == 403
    editor.allow("view_timeline")
    assert editor.get(page).status_code == 200
    assert editor.post(page, {}).status_code == 403
    editor.allow("change_timeline")
    assert editor.post(page, {}).status_code == 200


def test_a_figure_that_is_not_there_is_not_found(admin_client, who):
    assert admin_client.get("/admin/timeline/timeline/99999/figure/").status_code == 404


def test_rows_without_sums_say_which_years_and_where_sums_could_come_from(admin_client, who):
    YearlyBudget.objects.create(
        program=who.iter, fiscal_year=2018, basis="executed", amount_yen=1, source=who.review
    )
    ProgramIdentifier.objects.create(
        program=who.iter, scheme="review_sheet", value="文部科学省/0300", fiscal_year=2018
    )
    html = admin_client.get(change_page(who.timeline)).content.decode()
    missing = html[html.index("figure-missing") :]
    assert "額が不明の年度がある行（1行）" in missing
    assert "2017–2022" in missing
    assert "執行額は登録されています。" in missing
    assert missing.index("文部科学省/0300") < missing.index("文部科学省/0281")
    assert f'href="{who.review.get_absolute_url()}"' in missing
    assert f'href="/admin/programs/program/{who.iter.pk}/change/#budgets-group"' in missing


def test_a_programme_nobody_has_a_number_of_says_where_to_look(admin_client, who):
    TimelineRow.objects.create(timeline=who.timeline, position=9, program=who.sicorp)
    html = admin_client.get(figure_page(who.timeline)).content.decode()
    assert "予算資料か行政事業レビューシートを探してください。" in html


def test_lines_name_records_by_name_abbreviation_or_code(who):
    lines = "\n".join(
        [
            "ＳＡＴＲＥＰＳ",
            "program:sicorp",
            "ticad7-proposal",
            "出来事\tG20大阪サミット",
            "",
            "satreps",
            "イーター",
            "知らない事業",
        ]
    )
    read = read_lines(lines, who.timeline)
    assert [(each.words, each.group, each.reference, each.is_present) for each in read] == [
        ("ＳＡＴＲＥＰＳ", "", "program:satreps", False),
        ("program:sicorp", "", "program:sicorp", False),
        ("ticad7-proposal", "", "event:ticad7-proposal", True),
        ("G20大阪サミット", "出来事", "event:g20-osaka-2019", False),
        ("イーター", "", "program:iter", True),
        ("知らない事業", "", "", False),
    ]


def test_a_code_of_a_programme_and_of_an_event_is_ambiguous_until_its_kind_is_named(who):
    Program.objects.create(code="g20-osaka-2019", name_ja="別の事業")
    names = ListedNames(["g20-osaka-2019", "event:g20-osaka-2019"])
    assert names.find_listed("g20-osaka-2019").ambiguous == (
        "event:g20-osaka-2019",
        "program:g20-osaka-2019",
    )
    assert names.find_listed("event:g20-osaka-2019").record == who.g20


def test_a_pasted_list_is_checked_then_added_once(admin_client, who):
    data = {
        "timeline": who.timeline.pk,
        "group": "追加",
        "lines": "SATREPS\n知らない事業\n出来事\tG20大阪サミット",
        "unknown": "leave",
    }
    html = admin_client.post(ADD_ROWS, data).content.decode()
    assert "3行のうち 2 行を加えます。" in html
    assert "見つかりません" in html
    assert who.timeline.rows.count() == 3
    for _ in range(2):
        response = admin_client.post(ADD_ROWS, data | {"apply": "1"})
        assert response.status_code == 302
    assert labels(who.timeline)[3:] == [
        (4, "追加", "SATREPS"),
        (5, "出来事", "G20大阪サミット"),
    ]
    row = who.timeline.rows.get(position=4)
    assert (row.program.code, row.printed_label) == ("satreps", "SATREPS")
    assert who.timeline.rows.get(position=5).printed_label == ""


@pytest.mark.parametrize("timeline", ["²", "x", "9999999999999999999999"])
def test_a_list_for_no_timeline_is_an_empty_list(admin_client, timeline):
    assert admin_client.get(ADD_ROWS, {"timeline": timeline}).status_code == 200


def test_lines_that_name_nothing_may_become_headings(admin_client, who):
    data = {
        "timeline": who.timeline.pk,
        "lines": "第1層 戦略・政策",
        "unknown": "heading",
        "apply": "1",
    }
    admin_client.post(ADD_ROWS, data)
    row = who.timeline.rows.get(position=4)
    assert (row.label, row.program, row.event) == ("第1層 戦略・政策", None, None)


def test_more_lines_than_a_timeline_can_bear_are_refused(admin_client, who):
    data = {"timeline": who.timeline.pk, "lines": "あ\n" * 501, "unknown": "leave"}
    html = admin_client.post(ADD_ROWS, data).content.decode()
    assert "501行あります。一度に加えられるのは500行までです。" in html


def test_the_programmes_of_a_filter_come_into_the_list(admin_client, who):
    page = f"{ADD_ROWS}?timeline={who.timeline.pk}&q=SATREPS&choose=1"
    response = admin_client.get(page)
    lines = "科学技術振興機構\t地球規模課題対応国際科学技術協力プログラム（program:satreps）"
    assert response.context["form"].initial["lines"] == lines
    assert "1行のうち 1 行を加えます。" in response.content.decode()
    data = {"timeline": who.timeline.pk, "lines": lines, "unknown": "leave", "apply": "1"}
    admin_client.post(ADD_ROWS, data | {"group": "施策等"})
    row = who.timeline.rows.get(position=4)
    assert (row.group, row.program, row.printed_label) == ("科学技術振興機構", who.satreps, "")


def more_programmes_than_a_timeline_can_bear():
    Program.objects.bulk_create(
        Program(code=f"p{number}", name_ja=f"事業{number}") for number in range(1_500)
    )


TOO_MANY = (
    "1,504件あります。一度に年表に加えられるのは500件までです。条件を絞って選び直してください。"
)


def test_a_filter_with_more_programmes_says_how_many_and_brings_none(admin_client, who):
    more_programmes_than_a_timeline_can_bear()
    response = admin_client.get(f"{ADD_ROWS}?timeline={who.timeline.pk}&choose=1")
    assert TOO_MANY in response.content.decode()
    assert response.context["form"].initial["lines"] == ""
    assert "rows-wanted" not in response.content.decode()


def test_a_selection_of_more_goes_back_to_its_list_and_says_how_many(admin_client, who):
    more_programmes_than_a_timeline_can_bear()
    page = "/admin/programs/program/"
    data = {"action": "add_to_timeline", "_selected_action": [who.satreps.pk], "select_across": "1"}
    response = admin_client.post(page, data)
    assert (response.status_code, response["Location"]) == (302, page)
    assert TOO_MANY in admin_client.get(page).content.decode()


def test_as_many_programmes_as_a_timeline_can_bear_all_come_into_the_list(admin_client, who):
    Program.objects.bulk_create(
        Program(code=f"p{number}", name_ja=f"事業{number}") for number in range(496)
    )
    html = admin_client.get(f"{ADD_ROWS}?timeline={who.timeline.pk}&choose=1").content.decode()
    assert "500行のうち 499 行を加えます。" in html


@pytest.mark.parametrize(
    ("list_page", "pk_of", "line"),
    [
        (
            "/admin/programs/program/",
            lambda who: who.satreps.pk,
            "科学技術振興機構\t地球規模課題対応国際科学技術協力プログラム（program:satreps）",
        ),
        (
            "/admin/timeline/event/",
            lambda who: who.g20.pk,
            "G20大阪サミット（event:g20-osaka-2019）",
        ),
    ],
)
def test_what_is_selected_in_a_list_comes_into_the_list(admin_client, who, list_page, pk_of, line):
    data = {"action": "add_to_timeline", "_selected_action": [pk_of(who)]}
    response = admin_client.post(list_page, data)
    assert response.context["form"].initial["lines"] == line
    assert response.context["form"].initial["timeline"] == who.timeline


def test_adding_rows_needs_the_right_to_change_the_timeline(editor, who):
    editor.allow("view_timeline", "add_timelinerow", "view_program", "change_program")
    assert editor.get(ADD_ROWS).status_code == 403
    assert editor.post(ADD_ROWS, {}).status_code == 403
    assert "add_to_timeline" not in editor.get("/admin/programs/program/").content.decode()
    editor.allow("change_timeline")
    assert editor.get(ADD_ROWS).status_code == 200
    assert "add_to_timeline" in editor.get("/admin/programs/program/").content.decode()


def test_the_figure_of_a_form_that_somebody_overtook_is_still_drawn(admin_client):
    timeline = cast().timeline
    page = admin_client.get(f"/admin/timeline/timeline/{timeline.pk}/change/")
    typed = form_data(page) | {"title_ja": "書きかけ"}
    Timeline.objects.filter(pk=timeline.pk).update(title_ja="先に保存", basis="total")
    figure = admin_client.post(f"/admin/timeline/timeline/{timeline.pk}/figure/", typed)
    assert figure.context["undrawn"] == []


def test_a_timeline_that_no_number_names_is_none(admin_client):
    for number in ("9" * 5_000, "²", "-1"):
        page = admin_client.get("/admin/timeline/timeline/add-rows/", {"timeline": number})
        assert page.status_code == 200
