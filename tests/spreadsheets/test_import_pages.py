import io
import re

import openpyxl
import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from programs.models import Organization, Program, ProgramName, YearlyBudget
from spreadsheets.models import ColumnMemory, ImportJob
from tests.cast import cast
from tests.spreadsheets.import_pages import (
    confirm,
    import_url,
    press,
    staff,
    step_url,
    upload,
    words,
)
from timeline.models import TimelineRow

pytestmark = pytest.mark.django_db

TWO_NEW = "コード,名称\nnsf,全米科学財団\nnasa,航空宇宙局\n".encode()
POSTED = (
    *("columns", "tables", "unit", "constants", "read-as", "shared", "revoke"),
    *("plan", "apply", "undo", "drop"),
)
COLUMNS = {"column_0": "code", "column_1": "name_ja"}
ONE_FAULTY = "施策,年度,区分,金額（円）\niter,2017,当初予算,5\niter,平成32,当初予算,7\n".encode()


def test_a_file_is_read_shown_and_written_when_confirmed(admin_client):
    job, page = upload(admin_client, Organization, TWO_NEW)
    shown = words(page)
    assert "UTF-8 の CSV 、 1行目を見出し として読みました。" in shown
    assert "まだ何も書き込んでいません。" in shown
    assert "全米科学財団" in shown
    assert not Organization.objects.exists()
    done = confirm(admin_client, job, rows="all")
    assert "に書き込みました: 組織 2 件。" in words(done)
    assert Organization.objects.get(code="nsf").history.get().import_job_id == job.pk


def test_pasted_cells_are_a_table_too(admin_client):
    job, page = upload(admin_client, Organization, "コード\t名称\nnsf\t全米,科学財団")
    assert "貼り付けたセル" in words(page)
    confirm(admin_client, job, rows="all")
    assert Organization.objects.get().name_ja == "全米,科学財団"


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"blank": "keep"}, "ファイルを選ぶか、Excelのセルを貼り付けてください。"),
        ({"blank": "keep", "pasted": " \n "}, "ファイルを選ぶか、"),
    ],
)
def test_nothing_given_is_said(admin_client, form, reason):
    assert reason in words(admin_client.post(import_url(Organization), form))


def test_a_file_beyond_the_limit_is_refused_with_the_way_to_split(admin_client, settings):
    settings.SPREADSHEETS = {"file_bytes": 1000}
    form = {"file": _file(b"x" * 100_000), "blank": "keep"}
    page = admin_client.post(import_url(Organization), form)
    assert page.status_code == 413
    assert "上限 0.0 MB を超えています。" in words(page)
    assert "行を分けて複数のファイルにしてください。" in words(page)
    assert not ImportJob.objects.exists()


def test_a_file_just_beyond_the_limit_is_refused_while_it_arrives(admin_client, settings):
    settings.SPREADSHEETS = {"file_bytes": 1000}
    form = {"file": _file(b"x" * 1001), "blank": "keep"}
    assert admin_client.post(import_url(Organization), form).status_code == 413


def test_too_many_pasted_cells_are_refused_in_words(admin_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = admin_client.post(import_url(Organization), {"pasted": "x" * 2000, "blank": "keep"})
    assert "貼り付けたセルが多すぎます" in words(page)


def _file(content):
    return SimpleUploadedFile("big.csv", content)


def test_an_upload_without_its_token_is_refused(admin_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    form = {"pasted": "コード\t名称\nnsf\t財団", "blank": "keep"}
    assert client.post(import_url(Organization), form).status_code == 403
    client.get(import_url(Organization))
    form["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    assert client.post(import_url(Organization), form).status_code == 302


# what stops an import


def test_an_unknown_column_is_a_question_with_samples_of_its_column(admin_client):
    sheet = "コード,名称,住所\nnsf,財団,東京\njaxa,機構,調布\n".encode()
    job, page = upload(admin_client, Organization, sheet)
    shown = words(page)
    assert "この見出しは、どの列ですか" in shown
    assert "見出し「住所」は、どの列か分かりません。" in shown
    assert "C列「住所」" in shown
    assert "例 東京、調布" in shown
    assert "ここまでに分かったこと UTF-8 の CSV 、 1行目を見出し として読みました。" in shown
    assert "errornote" not in page.content.decode()
    page = press(admin_client, job, "columns", column_0="")
    assert "このフィールドは必須です。" in words(page)
    page = press(admin_client, job, "columns", column_0="-")
    assert "新規 2 件" in words(page)


def test_a_heading_is_remembered_once_the_import_is_applied_and_forgotten_by_a_button(admin_client):
    sheet = "コード,名称,住所\nnsf,財団,東京\n".encode()
    job, page = upload(admin_client, Organization, sheet)
    assert 'name="remember" value="1">' in page.content.decode()
    press(admin_client, job, "columns", column_0="-", remember="1")
    assert not ColumnMemory.objects.exists()
    confirm(admin_client, job, rows="all")
    memory = ColumnMemory.objects.get()
    assert (memory.resource, memory.heading_key, memory.column) == ("organizations", "住所", "")
    again, page = upload(admin_client, Organization, sheet)
    assert "使わない列 「住所」（C列）" in words(page)
    page = press(admin_client, again, "revoke", what="unused")
    assert "どの列か分かりません" in words(page)
    assert not ColumnMemory.objects.exists()


def test_what_heads_values_is_never_remembered(admin_client):
    cast()
    sheet = "施策,平成29年度当初予算（円）,平成30年度頃の額,備考\niter,5,7,x\n".encode()
    job, page = upload(admin_client, YearlyBudget, sheet)
    assert "C列「平成30年度頃の額」" in words(page)
    press(admin_client, job, "columns", unused_rest="1", remember="1")
    confirm(admin_client, job, rows="all")
    assert list(ColumnMemory.objects.values_list("heading_key", flat=True)) == ["備考"]


def test_use_none_of_the_rest_is_one_click(admin_client):
    headings = ",".join(f"謎{number}" for number in range(61))
    sheet = f"コード,名称,{headings}\nnsf,財団,{'x,' * 60}x\n".encode()
    job, _page = upload(admin_client, Organization, sheet)
    page = press(admin_client, job, "columns", column_3="short_name", unused_rest="1")
    assert "新規 1 件" in words(page)
    confirm(admin_client, job, rows="all")
    assert Organization.objects.get().short_name == "x"
    assert not ColumnMemory.objects.exists()


def test_only_headings_that_were_asked_about_are_remembered(admin_client):
    headings = ",".join(f"謎{number}" for number in range(61))
    sheet = f"コード,名称,{headings}\nnsf,財団,{'x,' * 60}x\n".encode()
    job, _page = upload(admin_client, Organization, sheet)
    answers = {f"column_{number}": "-" for number in range(60)}
    page = press(admin_client, job, "columns", remember="on", **answers)
    assert "新規 1" in words(page)
    confirm(admin_client, job, rows="all")
    assert ColumnMemory.objects.count() == 60
    assert not ColumnMemory.objects.filter(heading_key="謎60").exists()


def test_headings_beyond_those_asked_about_keep_their_columns(admin_client):
    unknown = ",".join(f"謎{number}" for number in range(60))
    sheet = f"コード,{unknown},名称\nnsf,{'x,' * 60}財団\n".encode()
    job, _page = upload(admin_client, Organization, sheet)
    press(admin_client, job, "columns", **{f"column_{number}": "-" for number in range(60)})
    answers = {f"column_{number}": "-" for number in range(1, 60)} | {"column_0": "code"}
    page = press(admin_client, job, "reading", blank="erase", **answers)
    assert "新規 1" in words(page)
    assert "財団" in words(page)


def test_an_unknown_column_may_be_named_for_this_time_only(admin_client):
    job, _page = upload(admin_client, Organization, "コード,名称,通称\nnsf,財団,NSF\n".encode())
    page = press(admin_client, job, "columns", column_0="short_name")
    assert "NSF" in words(page)
    assert not ColumnMemory.objects.exists()


def test_two_headings_cannot_be_one_column(admin_client):
    sheet = "コード,名称,通称,呼び名\nnsf,財団,NSF,N\n".encode()
    job, _page = upload(admin_client, Organization, sheet)
    page = press(admin_client, job, "columns", column_0="short_name", column_1="short_name")
    assert "同じ列を2つ選んでいます。" in words(page)


def test_an_absent_key_is_asked_for_once_for_all_rows(admin_client):
    cast()
    sheet = "順\t区分\t印刷された名\t施策\n7\t施策等\tSATREPSの行\tsatreps"
    job, page = upload(admin_client, TimelineRow, sheet)
    assert "行を見分ける列「年表」がありません。" in words(page)
    page = press(admin_client, job, "constants", timeline="")
    assert not TimelineRow.objects.filter(position=7).exists()
    page = press(admin_client, job, "constants", timeline="kokusai")
    assert "新規 1" in words(page)
    confirm(admin_client, job, rows="all")
    assert TimelineRow.objects.get(position=7).timeline.slug == "kokusai"


def test_the_unit_is_asked_for_with_what_a_sample_would_become(admin_client):
    cast()
    sheet = '施策,年度,区分,金額\niter,2017,当初予算,"1,790"\n'.encode()
    job, page = upload(admin_client, YearlyBudget, sheet)
    shown = words(page)
    assert "金額の単位は何ですか" in shown
    assert "百万円 — 1,790 は 17.9億円" in shown
    assert "千円 — 1,790 は 179万円" in shown
    assert not re.search(r'name="unit"[^>]* checked', page.content.decode())
    assert "単位を選んでください。" in words(press(admin_client, job, "unit"))
    page = press(admin_client, job, "unit", unit="百万円")
    assert "1,790,000,000（17.9億円）" in words(page)
    page = press(admin_client, job, "revoke", what="unit")
    assert "金額の単位は何ですか" in words(page)


def test_several_tables_are_offered_with_a_sample_all_chosen_at_first(admin_client):
    cast()
    first = [["コード", "名称"], ["nsf", "財団"]]
    book = openpyxl.Workbook()
    for title, rows in (("甲", first), ("乙", [["コード", "名称"], ["esa", "宇宙機関"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    job, page = upload(admin_client, Organization, stream.getvalue(), filename="機関.xlsx")
    shown = words(page)
    assert "どの表を取り込みますか" in shown
    assert "甲 A1" in shown
    assert "esa 宇宙機関" in shown
    assert len(re.findall(r'name="tables"[^>]* checked', page.content.decode())) == 2
    assert "表を1つは選んでください。" in words(press(admin_client, job, "tables"))
    page = press(admin_client, job, "tables", tables=["甲!A1", "乙!A1"])
    assert "新規 2 件" in words(page)
    assert "2 乙 A1 esa 宇宙機関" in words(page)
    done = confirm(admin_client, job, rows="all")
    assert "組織 2 件。" in words(done)
    page = press(admin_client, job, "undo")
    assert "削除 2 件" in words(page)
    assert "乙 A1" not in words(page)


def test_a_file_that_cannot_be_decoded_shows_what_it_would_be(admin_client):
    job, page = upload(admin_client, Organization, "コード,名称\nx,".encode() + b"\xff\xfe\xa0\x81")
    assert "2行目: UTF-8 のファイルですが、読めない文" in words(page)
    assert "コード,名称" in words(page)
    assert "何も書き込んでいません。" in words(page)
    job.refresh_from_db()
    assert job.state == "refused"


def test_a_wrongly_chosen_encoding_is_chosen_anew_from_its_samples(admin_client):
    job, _page = upload(admin_client, Organization, "コード,名称\nnsf,財団\n".encode("cp932"))
    page = press(admin_client, job, "reading", encoding="utf-8", blank="keep", **COLUMNS)
    assert "UTF-8 として読めない文字（83）が" in words(page)
    assert "コード,名称 nsf,財団" in words(page)
    page = press(admin_client, job, "reading", encoding="cp932", blank="keep")
    assert "新規 1" in words(page)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04broken", "ファイルが途中で切れているか、壊れています。"),
        (b'a,"b\n', '引用符（"）が閉じていません'),
        (b"<html><body>x</body></html>", "中身は表ではなく Web ページ（HTML）です。"),
        ("住所,電話\n東京,03\n".encode(), "知っている見出しの行がありません"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(admin_client, content, reason):
    job, page = upload(admin_client, Organization, content)
    assert reason in words(page)
    assert "Traceback" not in page.content.decode()
    job.refresh_from_db()
    assert job.state == "refused"


def test_a_refusal_is_in_the_readers_language(admin_client):
    job, _page = upload(admin_client, Organization, b"<html><body>x</body></html>")
    url = reverse("admin:spreadsheets_importjob_change", args=[job.pk])
    assert "The content is a web page (HTML), not a sheet." in words(admin_client.get(f"/en{url}"))


def test_a_refused_file_cannot_be_confirmed(admin_client):
    job, _page = upload(admin_client, Organization, b"a\0b")
    page = confirm(admin_client, job, rows="all")
    assert "この取込みには、書き込む予定がありません。" in page.content.decode()
    job.refresh_from_db()
    assert job.state == "refused"


def test_how_a_file_is_read_can_be_changed(admin_client):
    cast()
    sheet = "施策,年度,区分,金額（円）\niter,2017,当初予算,5\niter,2018,当初予算,7\n".encode()
    job, page = upload(admin_client, YearlyBudget, sheet)
    assert "新規 2" in words(page)
    assert admin_client.get(step_url(job, "reading")).status_code == 200
    columns = dict(zip(["program", "fiscal_year", "basis", "amount_yen"], range(4), strict=True))
    form = {f"column_{index}": name for name, index in columns.items()}
    page = press(admin_client, job, "reading", last_row="2", blank="keep", **form)
    assert "単位 円" in words(page)
    assert "新規 1 件" in words(page)


def test_a_change_of_reading_that_fails_keeps_nothing_of_the_old_plan(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    page = press(
        admin_client, job, "reading", header_row="2", blank="keep", column_0="code", column_1="-"
    )
    assert "まだ何も書き込みません。" in words(page)
    assert job.planned_rows.count() == 0


# the decision


def test_faulty_rows_stop_all_rows_and_leave_a_choice(admin_client):
    cast()
    job, page = upload(admin_client, YearlyBudget, ONE_FAULTY)
    shown = words(page)
    assert "「平成32」という年はありません（平成は31年まで）。2020年度のことでしょうか？" in shown
    assert "誤りのある行があるので、すべては取り込めません。" in shown
    assert re.search(r"<button[^>]* disabled[^>]*>すべて取り込む", page.content.decode())
    page = confirm(admin_client, job, rows="all")
    assert "誤りのある行があります。" in page.content.decode()
    assert YearlyBudget.objects.filter(fiscal_year=2017).count() == 0
    page = confirm(admin_client, job, rows="good")
    assert "に書き込みました: 年度予算 1 件。 誤りのある 1 行は書き込んでいません。" in words(page)
    assert YearlyBudget.objects.get(fiscal_year=2017).amount_yen == 5


def test_an_unchanged_sheet_has_nothing_to_confirm(admin_client):
    cast()
    sheet = "コード,略称\nsatreps,SATREPS\n".encode()
    _job, page = upload(admin_client, Program, sheet)
    assert "変更はありません。" in words(page)
    assert "取り込む（" not in words(page)


def test_a_sheet_of_headings_alone_is_told_from_one_without_changes(admin_client):
    _job, page = upload(admin_client, Organization, "コード\t名称\n")
    assert "見出しの下に、記入のある行がありません。" in words(page)


def test_confirming_twice_writes_once_and_shows_the_first_result(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    first = confirm(admin_client, job, rows="all")
    second = confirm(admin_client, job, rows="all")
    assert words(first) == words(second)
    assert Organization.objects.get(code="nsf").history.count() == 1


def test_a_plan_that_is_not_on_the_page_is_not_written(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    seen = job.understood.plan
    press(admin_client, job, "plan")
    page = press(admin_client, job, "apply", plan=seen, rows="all")
    assert "この確認の後に、読み方が変えられました。" in page.content.decode()
    assert not Organization.objects.exists()


def test_a_colleagues_change_stops_the_import_and_shows_three_values(admin_client):
    cast()
    sheet = "コード,略称\nsatreps,新しい略称\n".encode()
    job, _page = upload(admin_client, Program, sheet)
    Program.objects.filter(code="satreps").update(abbreviation="同僚の略称")
    page = confirm(admin_client, job, rows="all")
    assert "確認の後に、ほかの人が次の値を変えました。" in words(page)
    assert "略称 SATREPS 同僚の略称 新しい略称" in words(page)
    assert Program.objects.get(code="satreps").abbreviation == "同僚の略称"
    page = press(admin_client, job, "plan")
    assert "略称 同僚の略称 → 新しい略称" in words(page)
    confirm(admin_client, job, rows="all")
    assert Program.objects.get(code="satreps").abbreviation == "新しい略称"


def test_giving_up_leaves_no_job(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    page = press(admin_client, job, "drop")
    assert "取込みをやめました。何も書き込んでいません。" in page.content.decode()
    assert not ImportJob.objects.exists()


def test_a_written_import_can_neither_be_dropped_nor_planned_again(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    confirm(admin_client, job, rows="all")
    assert [press(admin_client, job, step).status_code for step in ("drop", "plan")] == [404, 404]
    assert ImportJob.objects.get().state == "applied"


def test_a_column_that_may_not_be_edited_is_shown_and_not_written(admin_client, monkeypatch):
    cast()
    program_admin = admin.site._registry[Program]
    monkeypatch.setattr(program_admin, "readonly_fields", ["abbreviation", "organizations"])
    header, row = "コード,略称,英語名称,実施・関係機関", "iter,新略称,New,mext"
    job, page = upload(admin_client, Program, f"{header}\n{row}\n".encode())
    assert "略称 ITER → 新略称 表示だけ。書き込みません" in words(page)
    confirm(admin_client, job, rows="all")
    program = Program.objects.get(code="iter")
    assert (program.abbreviation, program.name_en) == ("ITER", "New")
    assert "新略称" not in program.search_key
    assert "iter" in program.search_key
    assert program.organizations.count() == 0


# undoing


def test_an_import_is_undone_through_the_same_preview(admin_client):
    cast()
    sheet = "コード,名称\njst,新しい名\nnsf,全米科学財団\n".encode()
    job, _page = upload(admin_client, Organization, sheet)
    done = confirm(admin_client, job, rows="all")
    assert "元に戻すものを確かめる" in words(done)
    page = press(admin_client, job, "undo")
    shown = words(page)
    assert "元に戻す 1 件" in shown
    assert "削除 1 件" in shown
    assert "名称 新しい名 → 科学技術振興機構" in shown
    assert "まだ何も元に戻していません。" in shown
    assert "2 件を元に戻す" in shown
    page = confirm(admin_client, ImportJob.objects.first())
    assert "に元に戻しました: 組織 2 件。" in words(page)
    assert "書き込" not in words(page)
    assert Organization.objects.get(code="jst").name_ja == "科学技術振興機構"
    assert not Organization.objects.filter(code="nsf").exists()
    url = job.get_absolute_url()
    assert "この取込みは元に戻しました。" in words(admin_client.get(url))


def test_a_row_edited_since_is_listed_and_kept(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    confirm(admin_client, job, rows="all")
    Organization.objects.filter(code="nsf").update(name_ja="直した名")
    page = press(admin_client, job, "undo")
    assert "元に戻さない 1" in words(page)
    assert "「直した名」: その後に変えられたので削除しません。" in words(page)
    confirm(admin_client, ImportJob.objects.first(), rows="good")
    assert list(Organization.objects.values_list("code", flat=True)) == ["nsf"]


# who may do what


@pytest.mark.parametrize(
    "permissions",
    [["view_organization"], ["view_organization", "add_organization"], ["change_organization"]],
)
def test_importing_needs_the_right_to_add_and_to_change(admin_client, permissions):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    client = Client()
    staff(client, *permissions)
    assert client.get(import_url(Organization)).status_code == 403
    assert client.post(import_url(Organization)).status_code == 403
    seen = job.understood.plan
    for step in (*POSTED, "reading", "errors"):
        response = client.post(step_url(job, step), {"plan": seen, "rows": "all"})
        assert (step, response.status_code) == (step, 404)
    assert client.get(job.get_absolute_url()).status_code == 404
    assert not Organization.objects.exists()


def test_jobs_of_other_records_are_neither_listed_nor_shown(admin_client, client):
    cast()
    sheet = "施策,年度,区分,金額（円）\niter,2017,当初予算,5\n".encode()
    foreign, _page = upload(admin_client, YearlyBudget, sheet)
    own, _page = upload(admin_client, Organization, TWO_NEW)
    staff(client, "add_organization", "change_organization")
    listed = client.get(reverse("admin:spreadsheets_importjob_changelist"))
    assert [job.pk for job in listed.context["cl"].result_list] == [own.pk]
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(foreign.get_absolute_url()).status_code == 404
    assert client.post(step_url(foreign, "apply")).status_code == 404


def test_only_ones_own_import_is_undone_without_the_right_to_delete(admin_client, client):
    theirs, _page = upload(admin_client, Organization, TWO_NEW)
    confirm(admin_client, theirs, rows="all")
    staff(client, "add_organization", "change_organization")
    assert press(client, theirs, "undo").status_code == 403
    own, _page = upload(client, Organization, "コード,名称\nesa,宇宙機関\n".encode())
    confirm(client, own, rows="all")
    assert press(client, own, "undo").status_code == 200


def test_numbers_beyond_all_jobs_and_pages_are_no_error(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    assert admin_client.get(f"{job.get_absolute_url()}?page={'9' * 5000}").status_code == 200
    url = reverse("admin:spreadsheets_importjob_change", args=["9" * 5000])
    assert admin_client.get(url).status_code == 404


def test_two_rows_of_headings_at_the_end_of_a_sheet_are_refused(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    form = {"header_row": "3", "heading_rows": "2", "blank": "keep", **COLUMNS}
    for page in (press(admin_client, job, "reading", **form), press(admin_client, job, "plan")):
        assert "3行目: 見出しを2行としましたが、「nasa |" in words(page)


def test_steps_change_nothing_when_only_looked_at(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW)
    for step in POSTED:
        assert (step, admin_client.get(step_url(job, step)).status_code) == (step, 405)


# the list of all jobs


def test_all_imports_are_listed_with_who_when_file_and_counts(admin_client):
    job, _page = upload(admin_client, Organization, TWO_NEW, filename="機関.csv")
    confirm(admin_client, job, rows="all")
    shown = words(admin_client.get(reverse("admin:spreadsheets_importjob_changelist")))
    assert "機関.csv" in shown
    assert job.sha256[:8] in shown
    assert "新規 2" in shown
    assert "元に戻す…" in shown
    assert "admin" in shown
    assert f"SHA-256 {job.sha256}" in admin_client.get(job.get_absolute_url()).content.decode()


def test_no_page_of_an_import_has_a_script_or_style_of_its_own(admin_client):
    job, page = upload(admin_client, Organization, TWO_NEW)
    pages = [page, admin_client.get(import_url(Organization))]
    pages += [admin_client.get(step_url(job, "reading"))]
    pages += [upload(admin_client, Organization, b"a\0b")[1]]
    for each in pages:
        html = each.content.decode()
        assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
        assert re.findall(r'<[a-z]+[^>]* (?:style|onclick|onchange)="[^"]*"', html) == []


def test_what_a_command_imported_is_listed_and_shown_but_not_undone(admin_client):
    job = ImportJob.objects.create(
        resource="review-sheets",
        state=ImportJob.State.APPLIED,
        filename="sheets.zip",
        counts={"new": 9552, "changed": 0, "unchanged": 3},
    )
    listed = admin_client.get(reverse("admin:spreadsheets_importjob_changelist"))
    assert "行政事業レビューシート" in listed.content.decode()
    page = admin_client.get(job.get_absolute_url()).content.decode()
    assert "新規 9,552、変更 0、変更なし 3" in page
    undo = reverse("admin:spreadsheets_importjob_undo", args=[job.pk])
    assert admin_client.post(undo).status_code == 403
    for step in ("reading", "errors"):
        url = reverse(f"admin:spreadsheets_importjob_{step}", args=[job.pk])
        assert admin_client.get(url).status_code in (302, 404)


# mending many rows at once

MISSPELT = (
    "施策,年度,区分,金額（百万円）\nアイター,2031,当初予算,5\nアイター,2032,当初予算,7\n".encode()
)


def test_rows_refused_for_one_cause_are_read_by_one_answer(admin_client):
    cast()
    job, page = upload(admin_client, YearlyBudget, MISSPELT)
    shown = words(page)
    assert "誤りの原因" in shown
    assert "2 行（2行目、3行目）" in shown
    answer = {"column": "program", "value": "アイター", "text": "iter"}
    page = press(admin_client, job, "read-as", **answer)
    assert "新規 2 件" in words(page)
    assert "の「アイター」は iter と読む 取り消す" in words(page)
    page = press(admin_client, job, "revoke", what="values", column="program", value="アイター")
    assert "誤り 2 行" in words(page)


def test_a_near_name_is_a_button_for_all_rows_that_have_it(admin_client):
    cast()
    rows = "".join(f"itre,{year},当初予算,5\n" for year in (2031, 2032, 2033))
    sheet = f"施策,年度,区分,金額（百万円）\n{rows}".encode()
    job, page = upload(admin_client, YearlyBudget, sheet)
    assert "3 行（2行目、3行目、4行目）" in words(page)
    button = re.search(r'name="as"\s+value="iter">(.*?)</button>', page.content.decode())
    assert button[1] == "「ITER（iter）」と読む"
    answer = {"column": "program", "value": "itre", "as": "iter"}
    assert "新規 3 件" in words(press(admin_client, job, "read-as", **answer))


def test_what_is_typed_becomes_another_name_once_the_import_is_applied(admin_client):
    cast()
    job, page = upload(admin_client, YearlyBudget, MISSPELT)
    assert "取り込んだら、この書き方を別名として覚える" in words(page)
    answer = {"column": "program", "value": "アイター", "as": "iter", "remember_name": "1"}
    press(admin_client, job, "read-as", **answer)
    assert not ProgramName.objects.filter(name="アイター").exists()
    done = confirm(admin_client, job, rows="all")
    assert "（別名として覚える）" in words(done)
    name = ProgramName.objects.get(name="アイター")
    assert (name.program.code, name.kind, name.source) == ("iter", "popular", None)
    _again, page = upload(admin_client, YearlyBudget, MISSPELT)
    assert "変更はありません。" in words(page)


def test_only_a_record_can_be_given_another_name(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, MISSPELT)
    answer = {"column": "program", "value": "アイター", "text": "ない施策", "remember_name": "1"}
    page = press(admin_client, job, "read-as", **answer)
    assert "「ない施策」はありません。" in page.content.decode()
    assert "other_names" not in ImportJob.objects.get(pk=job.pk).options


def test_an_answer_that_is_reconsidered_gives_no_name(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, MISSPELT)
    answer = {"column": "program", "value": "アイター", "as": "satreps", "remember_name": "1"}
    press(admin_client, job, "read-as", **answer)
    press(admin_client, job, "read-as", column="program", value="アイター", text="iter")
    confirm(admin_client, job, rows="all")
    assert not ProgramName.objects.filter(name="アイター").exists()


def test_a_value_of_two_lines_is_read_by_one_answer(admin_client):
    cast()
    sheet = '施策,年度,区分,金額（百万円）\n"アイ\nター",2031,当初予算,5\n'.encode()
    job, _page = upload(admin_client, YearlyBudget, sheet)
    answer = {"column": "program", "value": "アイ\r\nター", "text": "iter"}
    assert "新規 1 件" in words(press(admin_client, job, "read-as", **answer))


def test_an_answer_to_nothing_changes_nothing(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, MISSPELT)
    for answer in ({}, {"column": "x", "value": "a", "as": "b"}, {"column": "program", "as": "b"}):
        page = press(admin_client, job, "read-as", **answer)
        assert "何と読むかを書いてください。" in page.content.decode()


def test_one_source_is_offered_for_all_rows_and_never_needed(admin_client):
    cast()
    sheet = "施策,年度,区分,金額（百万円）\niter,2031,当初予算,5\niter,2032,当初予算,7\n".encode()
    job, page = upload(admin_client, YearlyBudget, sheet)
    assert "出典をまとめて付ける" in words(page)
    assert "すべて取り込む（2 件）" in words(page)
    page = press(admin_client, job, "shared", code="no-such")
    assert "no-such" in page.content.decode()
    page = press(admin_client, job, "shared", recent="review-2016")
    assert "出典をまとめて付ける" not in words(page)
    assert "すべての行の「出典」は review-2016 取り消す" in words(page)
    confirm(admin_client, job, rows="all")
    budgets = YearlyBudget.objects.filter(fiscal_year__gte=2031)
    assert {budget.source.code for budget in budgets} == {"review-2016"}


def test_rows_that_look_wrong_are_shown_first_and_confirmed_once_more(admin_client):
    cast()
    YearlyBudget.objects.create(
        program=Program.objects.get(code="iter"),
        fiscal_year=2031,
        basis="initial",
        amount_yen=5_000_000,
        reported_unit="million_yen",
    )
    sheet = (
        "施策,年度,区分,金額（百万円）\niter,2031,当初予算,5000\niter,2032,補正予算,7\n".encode()
    )
    job, page = upload(admin_client, YearlyBudget, sheet)
    shown = words(page)
    assert "要注意 1 件 誤り 0 変更 1 件" in shown
    assert "金額が今の約1,000倍になります（500万円 → 50億円）。" in shown
    assert "要注意の 1 件を確かめました" in shown
    page = confirm(admin_client, job, rows="all")
    assert "「確かめました」に印を付けてください。" in page.content.decode()
    page = confirm(admin_client, job, rows="all", checked="0123456789abcdef")
    assert "「確かめました」に印を付けてください。" in page.content.decode()
    page = confirm(admin_client, job, rows="all", checked=job.understood.plan)
    assert "に書き込みました: 年度予算 2 件。" in words(page)
    listed = admin_client.get(reverse("admin:spreadsheets_importjob_changelist"))
    assert "要注意 1 件、変更 1 件、新規 1 件" in words(listed)


def test_a_file_that_was_applied_before_says_when_by_whom_and_as_what(admin_client):
    first, page = upload(admin_client, Organization, TWO_NEW)
    confirm(admin_client, first, rows="all")
    _again, page = upload(admin_client, Organization, TWO_NEW)
    assert re.search(
        rf"同じファイルは、[-0-9]+ [:0-9]+ に admin がすでに取り込んでいます: 取込み #{first.pk}",
        words(page),
    )
    _other, page = upload(admin_client, Organization, TWO_NEW + b"esa,x\n")
    assert "すでに取り込んでいます" not in words(page)


# choosing another reading


def budget_book():
    book = openpyxl.Workbook()
    book.active.title = "推移"
    for row in (["施策", "年度", "区分", "金額（百万円）"], ["iter", 2031, "当初予算", 5]):
        book.active.append(row)
    book.create_sheet("空")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_is_read_again_by_its_sheets_and_asked_for_no_encoding(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, budget_book(), filename="予算.xlsx")
    page = admin_client.get(step_url(job, "reading"))
    assert "文字コード" not in words(page)
    assert re.findall(r'name="sheets" value="(.)', page.content.decode()) == ["推", "空"]
    names = ["program", "fiscal_year", "basis", "amount_yen"]
    form = {f"column_{index}": name for index, name in enumerate(names)}
    page = press(admin_client, job, "reading", blank="erase", **form)
    assert "新規 1 件" in words(page)
    page = press(admin_client, job, "reading", blank="erase", sheets=["空"], **form)
    assert "errornote" in page.content.decode()
    page = press(admin_client, job, "reading", blank="erase", sheets=["推移"])
    assert "新規 1 件" in words(page)


def test_a_workbook_that_cannot_be_read_is_asked_for_no_encoding(admin_client):
    book = openpyxl.Workbook()
    book.active.append(["住所", "電話"])
    stream = io.BytesIO()
    book.save(stream)
    _job, page = upload(admin_client, Organization, stream.getvalue(), filename="x.xlsx")
    assert "知っている見出しの行がありません" in words(page)
    assert "文字コード" not in words(page)


@pytest.mark.parametrize("model", [Organization, YearlyBudget, TimelineRow, Program])
def test_no_column_need_be_used(admin_client, model):
    cast()
    sheets = {
        Organization: "コード,名称\nnsf,財団\n",
        YearlyBudget: "施策,年度,区分,金額（円）\niter,2031,当初予算,5\n",
        TimelineRow: "順,区分,印刷された名,施策,備考\n7,施策等,行,satreps,x\n",
        Program: "コード,名称\niter,x\n",
    }
    job, page = upload(admin_client, model, sheets[model].encode())
    if "残りは使わない" in words(page):
        page = press(admin_client, job, "columns", unused_rest="1")
    job.refresh_from_db()
    count = len(job.understood.columns)
    form = {f"column_{index}": "-" for index in range(count)}
    page = press(admin_client, job, "reading", blank="keep", **form)
    assert page.status_code == 200
    assert admin_client.get(job.get_absolute_url()).status_code == 200


def test_a_figure_may_have_columns_that_are_not_used(admin_client):
    cast()
    sheet = "区分,印刷された名,2016,2017,備考\n施策等,ITER計画,A,,x\n".encode()
    job, _page = upload(admin_client, TimelineRow, sheet)
    press(admin_client, job, "columns", unused_rest="1")
    page = press(admin_client, job, "constants", timeline="kokusai")
    assert "ITER計画" in words(page)
    job.refresh_from_db()
    count = len(job.understood.columns)
    for unused in range(count):
        form = {f"column_{index}": each.name for index, each in enumerate(job.understood.columns)}
        form[f"column_{unused}"] = "-"
        page = press(admin_client, job, "reading", blank="keep", **form)
        assert page.status_code == 200
