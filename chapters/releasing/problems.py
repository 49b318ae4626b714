"""What is in the way of publishing a draft, in sentences: where, which words, what to do."""

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..prose.rendered import Problem
from .document import ReleaseDocument

QUOTED = 24  # characters of a paragraph: enough to find it
REASONS = {
    "markdown.too_deep": gettext_lazy(
        "括弧か箇条書きが深すぎるので、書かれたまま表示します。括弧や字下げを減らしてください。"
    ),
    "footnote.undefined": gettext_lazy(
        "脚注 [^%(value)s] がありません。その脚注を加えるか、印を消してください。"
    ),
    "footnote.unused": gettext_lazy(
        "脚注 [^%(value)s] は本文で使われていません。本文に印を入れるか、脚注を消してください。"
    ),
    "mention.unknown": gettext_lazy(
        "記録 %(value)s がありません。コードを一覧で確かめるか、リンクを外してください。"
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
    reason = REASONS[problem.code] % {"value": problem.value}
    place = places.get(problem.place, "")
    if not place:
        return reason
    return _("%(place)s: %(reason)s") % {"place": place, "reason": reason}


def _places(document: ReleaseDocument) -> dict[str, str]:
    """Return where each id of a page stands: its section or note, and its first words.

    A page may have an id twice, which is a problem of its own: the later place is meant.
    """
    section, places = _("リード文"), {"lead": _("リード文")}
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
