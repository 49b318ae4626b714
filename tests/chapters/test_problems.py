import pytest
from django.utils.translation import override

from chapters.releasing.drafts import render_draft
from chapters.releasing.problems import sentences
from tests.cast import cast

pytestmark = pytest.mark.django_db


def said(chapter):
    draft = render_draft(chapter)
    return sentences(draft.problems, draft.document)


def test_a_problem_names_section_words_reason_and_remedy():
    who = cast()
    section = who.chapter.sections.get(anchor="joint-research")
    section.body_ja = "共同研究は長く続き、多くの国が加わった[語](program:none)。"
    section.save()
    assert (
        "節「共同研究」の段落「共同研究は長く続き、多くの国が加わった語。」: "
        "記録 program:none がありません。コードを一覧で確かめるか、リンクを外してください。"
    ) in said(who.chapter)


def test_a_problem_of_a_footnote_names_its_key():
    who = cast()
    who.chapter.footnotes.filter(key="g20").update(body_ja="注[^none]")
    assert said(who.chapter) == [
        "脚注 [^g20]「注[^none]」: "
        "脚注 [^none] がありません。その脚注を加えるか、印を消してください。"
    ]


def test_a_footnote_that_nothing_refers_to_has_no_place():
    who = cast()
    who.chapter.footnotes.create(key="spare", body_ja="使わない。")
    assert said(who.chapter) == [
        "脚注 [^spare] は本文で使われていません。本文に印を入れるか、脚注を消してください。"
    ]


def test_long_paragraphs_are_quoted_by_their_beginning():
    who = cast()
    who.chapter.lead_ja = "長い文" * 20 + "[^none]"
    assert said(who.chapter)[0].startswith(
        "リード文の段落「長い文長い文長い文長い文長い文長い文長い文長い…」: "
    )


def test_a_text_too_deep_is_named_by_its_section():
    who = cast()
    who.chapter.lead_ja = "> " * 300 + "語"
    assert said(who.chapter)[0] == (
        "リード文: 長すぎるか、行・括弧・表のマスが多すぎるか、字下げが深すぎるので、"
        "書かれたまま表示します。30,000字までに分け、印を減らしてください。"
    )


def test_a_mark_in_the_title_is_named():
    who = cast()
    who.chapter.title_ja = "国際活動[^g20]"
    assert said(who.chapter) == [
        "表題: 章の表題では「[^g20]」のような印を使えません。本文に移してください。"
    ]


def test_a_taken_anchor_is_named_by_its_heading():
    who = cast()
    who.chapter.sections.filter(anchor="meetings").update(anchor="timeline")
    assert said(who.chapter) == [
        "節「国際会議」: アンカー timeline はページの別の場所が使っています。"
        "節のアンカーを別の語にしてください。"
    ]


def test_english_editors_read_english():
    who = cast()
    who.chapter.lead_ja = "事実[^none]。"
    with override("en"):
        assert said(who.chapter) == [
            "Lead, paragraph “事実[^none]。”: "
            "There is no footnote [^none]. Add it, or remove the mark."
        ]
