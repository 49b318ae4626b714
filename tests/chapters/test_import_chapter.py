"""manage.py import_chapter: what it prints and with which status it ends."""

import hashlib
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from chapters.models import Chapter
from stipolicy.preparation import FIXTURES

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[1] / "samples" / "umi.md"
REAL = Path(__file__).parents[3] / "shared" / "source" / "000_adc4864da52d8016.txt"


def run(*arguments, file=SAMPLE):
    out = io.StringIO()
    call_command("import_chapter", str(file), "--edition=2020", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments, file=SAMPLE):
    """Return standard output, standard error and the exit status."""
    out, err = io.StringIO(), io.StringIO()
    arguments = ("import_chapter", str(file), "--edition=2020", *arguments)
    with pytest.raises(SystemExit) as caught:
        call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue(), caught.value.code


def test_summary_is_in_words():
    printed = run("--number=4")
    assert "第4章（2020/chapter-4）: 見出し5、段落5、脚注4、年表5行、印2。" in printed
    assert "下書きを書き換えました。" in printed
    assert "名のない計画" in printed
    assert "変更はありません。" in run("--number=4")


def test_summary_without_unbound_names_does_not_speak_of_them(tmp_path):
    file = tmp_path / "sea.md"
    file.write_text("## 4 | 海\n\n潮が満ちる。\n")
    assert run("--number=4", file=file).splitlines() == [
        "第4章（2020/chapter-4）: 見出し0、段落1、脚注0、年表0行、印0。",
        "下書きを書き換えました。",
    ]


def test_json_is_one_object():
    done = json.loads(run("--number=4", "--json"))
    assert {key: done[key] for key in ("headings", "paragraphs", "footnotes")} == {
        "headings": 5,
        "paragraphs": 5,
        "footnotes": 4,
    }
    assert (done["timeline_rows"], done["marks"], done["changed"]) == (5, 2, True)
    assert done["unbound"] == ["名のない計画"]
    assert isinstance(done["warnings"], list)
    assert json.loads(run("--number=4", "--json"))["changed"] is False


def test_edit_that_is_replaced_is_said_in_words_and_json_and_before_it_is_done():
    run("--number=4")
    Chapter.objects.update(lead_ja="田中の導入。")
    warning = (
        "リード文は前の取り込みの後に書き換えられていました。"
        "原稿の文で置き換えました。前の文は履歴にあります。"
    )
    assert warning in run("--number=4", "--dry-run")
    assert json.loads(run("--number=4", "--json"))["warnings"] == [warning]
    assert warning not in run("--number=4")


def test_json_has_these_keys():
    assert list(json.loads(run("--number=4", "--json"))) == [
        "edition",
        "number",
        "slug",
        "changed",
        "headings",
        "paragraphs",
        "footnotes",
        "timeline_rows",
        "marks",
        "bound",
        "unbound",
        "rows_bound",
        "rows_unbound",
        "created",
        "warnings",
        "dropped",
        "dry_run",
    ]


def test_what_was_left_out_is_said_with_its_line(tmp_path):
    file = tmp_path / "sea.md"
    file.write_text("## 4 | 海\n\n潮<!-- 内緒 -->が満ちる。\n\n#### (1) 背景\n\n潮。\n")
    assert run("--number=4", file=file).splitlines()[2:] == [
        "3行目: コメントを取り込みませんでした: <!-- 内緒 -->",
        "ほかに直したこと・決めたこと1件を章とともに記録しました。",
    ]
    done = json.loads(run("--number=4", "--json", file=file))
    assert done["dropped"] == [{"line": 3, "text": "<!-- 内緒 -->"}]


def test_name_and_digest_of_the_file_are_kept():
    run("--number=4")
    kept = Chapter.objects.get().manuscript_import
    assert kept.file_name == "umi.md"
    assert kept.sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()


def test_file_that_is_too_large_is_refused_unread(tmp_path):
    file = tmp_path / "sea.md"
    file.write_bytes(b"a" * 1_000_001)
    out, _err, status = refused("--number=4", "--json", file=file)
    assert (json.loads(out)["errors"][0]["code"], status) == ("manuscript.too_large", 1)


def test_dry_run_says_so_and_saves_nothing():
    assert "試行のため、何も保存していません。" in run("--number=4", "--dry-run")
    assert json.loads(run("--number=4", "--dry-run", "--json"))["dry_run"] is True
    assert not Chapter.objects.exists()


def test_refusal_in_words_goes_to_standard_error():
    out, err, status = refused("--number=5")
    assert (out, status) == ("", 1)
    assert "2行目「4」: 原稿は第4章ですが、指定は5です。" in err


def test_refusal_of_a_whole_file_names_no_line():
    _out, err, _status = refused("--number=4", file=Path("/nowhere.md"))
    assert err.startswith("/nowhere.md: ファイルを開けません。")


def test_refusal_in_json_names_line_value_code_and_message():
    with translation.override("en"):
        out, err, status = refused("--number=5", "--json")
    assert (err, status) == ("", 1)
    assert json.loads(out) == {
        "errors": [
            {
                "line": 2,
                "value": "4",
                "code": "manuscript.number_differs",
                "message": "The manuscript is chapter 4, you named 5. Mend either.",
            }
        ]
    }


def test_binary_file_is_refused(tmp_path):
    file = tmp_path / "chapter.docx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")
    out, _err, status = refused("--number=4", "--json", file=file)
    assert (json.loads(out)["errors"][0]["code"], status) == ("manuscript.encoding", 1)


def test_file_in_shift_jis_is_refused_in_words(tmp_path):
    file = tmp_path / "sea.md"
    file.write_bytes("## 4 | 海\n".encode("cp932"))
    _out, err, _status = refused("--number=4", file=file)
    assert err.startswith("1行目「0x8A」: UTF-8のテキストではありません（この行の8バイト目）。")
    with translation.override("en"):
        _out, err, _status = refused("--number=4", file=file)
    assert err.startswith("Line 1, “0x8A”: This is not UTF-8 text (byte 8 of the line).")


@pytest.mark.parametrize("name", ["missing.md", ""])
def test_file_that_cannot_be_opened_is_refused(tmp_path, name):
    out, _err, status = refused("--number=4", "--json", file=tmp_path / name)
    assert (json.loads(out)["errors"][0]["code"], status) == ("manuscript.unreadable", 1)


@pytest.mark.parametrize(
    "arguments",
    [[], ["--number=four"], ["--number=4", "--slug=海"], ["--number=4", "--edition=a b"]],
)
def test_wrong_usage_is_an_error_of_the_command_line(arguments):
    with pytest.raises(CommandError):
        run(*arguments)


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the manuscript is not on this machine")
def test_real_manuscript_binds_to_the_fixtures_records():
    call_command("loaddata", *FIXTURES, verbosity=0)
    done = json.loads(run("--number=9", "--json", file=REAL))
    assert (done["slug"], done["rows_bound"], done["created"]) == ("kokusai", 34, [])
    assert (done["warnings"], done["dropped"]) == ([], [])
    kept = Chapter.objects.get(edition__code="2020").manuscript_import
    assert Counter(each.code for each in kept.decided) == {
        "name.alias": 26,
        "row.alias": 19,
        "seam.joined": 5,
        "level.set": 4,
        "row.year": 2,
        "address.mended": 1,
    }
    assert (done["bound"], done["unbound"]) == (
        44,
        [
            "外務大臣科学技術顧問・国際ネットワーク（FMSTAN）",
            "政府科学助言国際ネットワーク（INGSA）",
            "国連持続可能な開発目標（SDGs）",
        ],
    )
    imported = Chapter.objects.get(edition__code="2020").timeline.rows
    printed = Chapter.objects.get(edition__code="2023").timeline.rows
    columns = ("position", "program__code", "event__code")
    assert list(imported.values_list(*columns)) == list(printed.values_list(*columns))
    again = json.loads(run("--number=9", "--json", file=REAL))
    assert (again["changed"], again["warnings"]) == (False, [])
