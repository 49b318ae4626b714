import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from chapters.models import Chapter, Edition, Footnote, Mention, Release, Section
from tests.cast import cast
from tests.programs.test_models import assert_refused

pytestmark = pytest.mark.django_db


def test_chapter_number_is_used_once_in_an_edition():
    who = cast()
    assert_refused(
        Chapter(edition=who.edition, number=9, slug="other", title_ja="別の章"),
        "この版には同じ番号の章がすでにあります。",
    )
    other = Edition.objects.create(code="2024", title_ja="2024年版")
    Chapter(edition=other, number=9, slug="kokusai", title_ja="国際活動").full_clean()


def test_chapter_slug_is_used_once_in_an_edition():
    who = cast()
    assert_refused(
        Chapter(edition=who.edition, number=10, slug="kokusai", title_ja="別の章"),
        "この版には同じスラッグの章がすでにあります。",
    )


def test_two_sections_do_not_share_a_position():
    who = cast()
    assert_refused(
        Section(chapter=who.chapter, position=1, heading_ja="節", anchor="x"),
        "この章には同じ順の節がすでにあります。",
    )


def test_two_sections_do_not_share_an_anchor():
    who = cast()
    assert_refused(
        Section(chapter=who.chapter, position=9, heading_ja="節", anchor="meetings"),
        "この章には同じアンカーの節がすでにあります。",
    )


def test_footnote_key_is_used_once_in_a_chapter():
    who = cast()
    assert_refused(
        Footnote(chapter=who.chapter, key="g20", body_ja="注"),
        "この章には同じキーの脚注がすでにあります。",
    )


def release_of(chapter, number=1):
    return Release.objects.create(
        chapter=chapter,
        number=number,
        published_at=timezone.now(),
        change_note="初版",
        document={},
        html="",
    )


def test_release_numbers_of_a_chapter_differ():
    who = cast()
    release_of(who.chapter)
    with pytest.raises(IntegrityError), transaction.atomic():
        release_of(who.chapter)


@pytest.mark.parametrize("named", [{}, {"program": "iter", "event": "g20"}])
def test_mention_names_one_record(named):
    who = cast()
    records = {field: getattr(who, name) for field, name in named.items()}
    release = release_of(who.chapter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(release=release, paragraph_id="p1", printed_words="語", **records)


@pytest.mark.parametrize("place", [{}, {"paragraph_id": "p1", "footnote_key": "g20"}])
def test_mention_stands_in_one_place(place):
    who = cast()
    release = release_of(who.chapter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(release=release, program=who.iter, printed_words="語", **place)


@pytest.mark.parametrize(
    ("model", "key"),
    [
        (Edition, ("2023",)),
        (Chapter, ("2023", 9)),
        (Section, ("2023", 9, "meetings")),
        (Footnote, ("2023", 9, "g20")),
    ],
)
def test_records_are_found_by_the_natural_key_they_give(model, key):
    cast()
    assert model.objects.get_by_natural_key(*key).natural_key() == key


def test_english_pages_read_the_english_title_and_else_the_japanese():
    who = cast()
    with override("en"):
        assert who.chapter.title == "International Activities"
        assert who.chapter.sections.get(position=1).heading == "共同研究"
