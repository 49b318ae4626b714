"""What colleagues wrote since the last import is named where a manuscript replaces it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chapters.importing import import_chapter
from chapters.models import Chapter, Footnote, Section

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
TEXT = (
    "## 4 | 海と観測\n\n導入。\n\n### (1) 背景\n\n潮[^1]。\n\n### (2) 課題\n\n船[^2]。\n\n"
    + "[^1]: 満潮。\n[^2]: 干潮。\n"
)
WITHOUT_TASKS = TEXT.replace("### (2) 課題\n\n船[^2]。\n\n", "").replace("[^2]: 干潮。\n", "")
REPLACED = (
    "%sは前の取り込みの後に書き換えられていました。"
    "原稿の文で置き換えました。前の文は履歴にあります。"
)
EDITED_AND_GONE = (
    "%sは前の取り込みの後に書き換えられていましたが、原稿にないため削除しました。"
    "前の文は履歴にあります。"
)
ENGLISH_GONE = "%sは原稿にないため、英語の文とともに削除しました。前の文は履歴にあります。"


def run(text, **arguments):
    return import_chapter(text, edition_code="2020", number=4, now=NOW, **arguments)


def edit(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def test_a_second_run_on_an_untouched_draft_warns_of_nothing():
    run(TEXT)
    done = run(TEXT)
    assert (done.changed, done.warnings) == (False, ())


def test_a_newer_manuscript_replaces_what_nobody_edited_without_a_word():
    run(TEXT)
    done = run(TEXT.replace("潮[^1]", "大潮[^1]").replace("満潮", "高潮").replace("導入", "序"))
    assert (done.changed, done.warnings) == (True, ())


@pytest.mark.parametrize("is_dry", [False, True])
def test_every_part_that_was_edited_is_named(is_dry):
    run(TEXT)
    edit(Chapter.objects.get(), lead_ja="田中の導入。", title_ja="田中の題")
    edit(Section.objects.get(anchor="s1"), body_ja="田中の段落。")
    edit(Footnote.objects.get(key="n2"), body_ja="田中の注。")
    done = run(TEXT, dry_run=is_dry)
    assert done.warnings == (
        REPLACED % "表題",
        REPLACED % "リード文",
        REPLACED % "節「背景」",
        REPLACED % "脚注 [^n2]",
    )
    assert Section.history.filter(body_ja="田中の段落。").exists()
    assert run(TEXT, dry_run=is_dry).warnings == (done.warnings if is_dry else ())


def test_an_edit_that_the_manuscript_makes_too_is_not_named():
    run(TEXT)
    edit(Section.objects.get(anchor="s1"), body_ja="大潮[^n1]。")
    assert run(TEXT.replace("潮[^1]", "大潮[^1]")).warnings == ()


def test_a_part_that_was_emptied_is_filled_without_a_word():
    run(TEXT)
    edit(Chapter.objects.get(), lead_ja="")
    done = run(TEXT)
    assert (done.changed, done.warnings) == (True, ())


def test_what_is_deleted_is_named_if_it_was_edited_or_has_english():
    run(TEXT)
    edit(Section.objects.get(anchor="s2"), heading_en="Tasks")
    edit(Footnote.objects.get(key="n2"), body_ja="田中の注。")
    assert run(WITHOUT_TASKS).warnings == (
        ENGLISH_GONE % "節「課題」",
        EDITED_AND_GONE % "脚注 [^n2]",
    )
    assert Section.history.filter(heading_en="Tasks").exists()


def test_english_is_named_although_a_new_section_takes_the_anchor():
    run(TEXT)
    edit(Section.objects.get(anchor="s2"), body_en="Ships.")
    assert run(TEXT.replace("課題", "展望")).warnings == (ENGLISH_GONE % "節「課題」",)
    assert Section.objects.get(anchor="s2").heading_ja == "展望"


def test_what_nobody_edited_or_translated_is_deleted_without_a_word():
    run(TEXT)
    assert run(WITHOUT_TASKS).warnings == ()


def test_a_section_that_a_colleague_added_is_named():
    run(TEXT)
    Section.objects.create(
        chapter=Chapter.objects.get(),
        position=9,
        anchor="tanaka",
        heading_ja="田中",
        body_ja="稿。",
    )
    assert run(TEXT).warnings == (EDITED_AND_GONE % "節「田中」",)


def test_a_chapter_that_was_written_by_hand_is_summarised_at_its_first_import():
    run(TEXT.replace("満潮", "高潮"))
    chapter = Chapter.objects.get()
    chapter.manuscript_import.delete()
    edit(Section.objects.get(anchor="s1"), body_ja="田中の段落。")
    edit(Section.objects.get(anchor="s2"), body_en="Ships.")
    assert run(WITHOUT_TASKS).warnings == (
        "この章には原稿を取り込む前から文がありました。表題とリード文0件、節2件、脚注2件を"
        "原稿の文で置き換えるか削除しました。前の文は履歴にあります。",
        ENGLISH_GONE % "節「課題」",
    )


def test_a_chapter_that_has_no_text_yet_is_filled_without_a_word():
    run(TEXT)
    chapter = Chapter.objects.get()
    chapter.manuscript_import.delete()
    chapter.sections.all().delete()
    chapter.footnotes.all().delete()
    edit(chapter, lead_ja="")
    assert run(TEXT).warnings == ()


def test_chapter_is_read_first_and_every_text_is_locked_where_the_database_can():
    run(TEXT)
    with CaptureQueriesContext(connection) as found:
        run(TEXT)
    reads = [q["sql"] for q in found.captured_queries if 'FROM "chapters_' in q["sql"]]
    assert 'FROM "chapters_chapter"' in reads[0]
    if connection.features.has_select_for_update:
        locked = [sql for sql in reads if "FOR UPDATE" in sql]
        assert locked[:3] == reads[:3]
