"""What is in the way of publishing a draft, in sentences: where, which words, what to do."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from values.text_length import MOST_CHARACTERS

from ..prose.rendered import Problem
from .document import ReleaseDocument

QUOTED = 24  # characters of a paragraph: enough to find it
REASONS = {
    "markdown.too_deep": gettext_lazy(
        "長すぎるか、行・括弧・表のマスが多すぎるか、字下げが深すぎるので、書かれたまま表示します。"
        "%(most)s字までに分け、印を減らしてください。"
    ),
    "footnote.undefined": gettext_lazy(
        "脚注 [^%(value)s] がありません。その脚注を加えるか、印を消してください。"
    ),
    "footnote.unused": gettext_lazy(
        "脚注 [^%(value)s] は本文で使われていません。本文に印を入れるか、脚注を消してください。"
    ),
    "footnote.empty": gettext_lazy(
        "脚注 [^%(value)s] に表示する文がありません。文を入れてください。"
    ),
    "footnote.mark": gettext_lazy(
        "「%(value)s」は脚注の印として読めません。半角で [^キー]（キーは英数字）と書いてください。"
    ),
    "footnote.unclosed": gettext_lazy(
        "「%(value)s」は閉じていないので、脚注の印として読めません。] で閉じてください。"
    ),
    "footnote.definition": gettext_lazy(
        "脚注の文「%(value)s」は本文に置けないので、書かれたまま表示します。"
        "脚注の欄に移して、ここから消してください。"
    ),
    "mention.unknown": gettext_lazy(
        "記録 %(value)s がありません。コードを一覧で確かめるか、リンクを外してください。"
    ),
    "mention.mark": gettext_lazy(
        "「%(value)s」は記録へのリンクとして読めません。"
        "半角で、間を空けずに [語](program:コード) と書いてください。"
    ),
    "mention.title": gettext_lazy(
        '記録へのリンクの指定 "%(value)s" はありません。使えるのは "years" です。'
    ),
    "mention.years": gettext_lazy(
        "「%(value)s」の年度が記録にないので、名称だけを表示します。記録に年度を入れてください。"
    ),
    "link.address": gettext_lazy(
        "リンク先「%(value)s」は開けないので、語だけを表示します。"
        "https:// から始まるアドレスにしてください。"
    ),
    "link.mark": gettext_lazy(
        "「%(value)s」はリンクとして読めないので、書かれたまま表示します。"
        "[語](https://…) の形にしてください。画像は置けません。"
    ),
    "link.definition": gettext_lazy(
        "「%(value)s」のような参照の一覧は使えないので、書かれたまま表示します。"
        "本文に [語](アドレス) と書いてください。"
    ),
    "link.title": gettext_lazy(
        "リンクの説明「%(value)s」は紙面に出ません。必要なら本文に書いてください。"
    ),
    "markup.html": gettext_lazy(
        "「%(value)s」は書かれたまま表示します。使えるタグは <sup> と <sub> だけです。"
    ),
    "markup.entity": gettext_lazy(
        "「%(value)s」は書かれたまま表示します。文字そのものを入れてください。"
    ),
    "markup.heading": gettext_lazy(
        "行頭の「%(value)s」は見出しにならず、書かれたまま表示します。見出しは節にしてください。"
    ),
    "markup.escape": gettext_lazy(
        "「%(value)s」は次の記号を印にしないための印なので、表示しません。"
        "表示するときは二つ続けて書いてください。"
    ),
    "markup.link": gettext_lazy(
        "「%(value)s」はリンクにならず、書かれたまま表示します。"
        "リンクなら半角の [語](アドレス) にしてください。"
    ),
    "markup.quote": gettext_lazy(
        "行頭の「%(value)s」は引用として読みました。「より大きい」の意味なら全角の＞にしてください。"
    ),
    "title.mark": gettext_lazy(
        "章の表題では「%(value)s」のような印を使えません。本文に移してください。"
    ),
    "anchor.taken": gettext_lazy(
        "アンカー %(value)s はページの別の場所が使っています。節のアンカーを別の語にしてください。"
    ),
}


def sentences(problems: Iterable[Problem], document: ReleaseDocument) -> list[str]:
    """Put problems of a draft into words, each with its place in the draft's `document`."""
    places = _places(document)
    return [_sentence(problem, places) for problem in problems]


def _sentence(problem: Problem, places: dict[str, str]) -> str:
    reason = REASONS[problem.code] % {"value": problem.value, "most": f"{MOST_CHARACTERS:,}"}
    place = places.get(problem.place, "")
    if not place:
        return reason
    return _("%(place)s: %(reason)s") % {"place": place, "reason": reason}


def _places(document: ReleaseDocument) -> dict[str, str]:
    """Return where each id of a page stands: its section or note, and its first words.

    A page may have an id twice, which is a problem of its own: the later place is meant.
    """
    section, places = _("リード文"), {"lead": _("リード文"), "title": _("表題")}
    for block in document.blocks:
        if block.kind == "heading":
            section = _("節「%(heading)s」") % {"heading": block.text}
            places[block.id] = section
        else:
            words = {"section": section, "words": _quoted(block.text)}
            places[block.id] = _("%(section)sの段落「%(words)s」") % words
    for note in document.footnotes:
        words = {"key": note.key, "words": _quoted(note.text)}
        places[f"fn-{note.key}"] = _("脚注 [^%(key)s]「%(words)s」") % words
    return places


def _quoted(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(QUOTED)
