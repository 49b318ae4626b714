"""The texts of a chapter's draft, and which of them an import took from the people who wrote them.

A text is known to be the import's own by the digest that the import kept of what it wrote.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Chapter


@dataclass(frozen=True)
class DraftText:
    """A part of a draft: `key` names it in the draft, `record` is its row's kind and number."""

    key: str
    record: tuple[str, int]
    place: str
    text: str
    has_english: bool = False

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:32]


def draft_texts(chapter: Chapter) -> list[DraftText]:
    """Return the texts as they are now, their rows locked until the transaction ends."""
    found = [
        DraftText("title", ("title", chapter.pk), _("表題"), chapter.title_ja),
        DraftText("lead", ("lead", chapter.pk), _("リード文"), chapter.lead_ja),
    ]
    for section in chapter.sections.select_for_update().order_by("position"):
        found.append(
            DraftText(
                f"section {section.anchor}",
                ("section", section.pk),
                _("節「%(heading)s」") % {"heading": section.heading_ja},
                f"{section.heading_ja}\n\n{section.body_ja}",
                bool(section.heading_en or section.body_en),
            )
        )
    for note in chapter.footnotes.select_for_update().order_by("id"):
        found.append(
            DraftText(
                f"note {note.key}",
                ("note", note.pk),
                _("脚注 [^%(key)s]") % {"key": note.key},
                note.body_ja,
                bool(note.body_en),
            )
        )
    return found


def digests(texts: list[DraftText]) -> dict[str, str]:
    return {text.key: text.digest for text in texts}


def overwritten(
    before: list[DraftText], after: list[DraftText], written: Mapping[str, str] | None
) -> list[str]:
    """Say which texts of before are gone although no import wrote them, and which English is.

    `written` are the digests that the last import kept, None before the first: then one sentence
    counts them.
    """
    now = {text.record: text.text for text in after}
    lost = [text for text in before if text.text and now.get(text.record) != text.text]
    taken = [text for text in lost if (written or {}).get(text.key) != text.digest]
    sentences = []
    if written is None and taken:
        sentences.append(_counted(taken))
    for text in lost:
        sentence = ""
        if text in taken and written is not None:
            sentence = _said_of_edited(is_gone=text.record not in now)
        elif text.has_english and text.record not in now:
            sentence = _(
                "%(place)sは原稿にないため、英語の文とともに削除しました。前の文は履歴にあります。"
            )
        if sentence:
            sentences.append(sentence % {"place": text.place})
    return sentences


def _said_of_edited(*, is_gone: bool) -> str:
    if is_gone:
        return _(
            "%(place)sは前の取り込みの後に書き換えられていましたが、原稿にないため削除しました。"
            "前の文は履歴にあります。"
        )
    return _(
        "%(place)sは前の取り込みの後に書き換えられていました。"
        "原稿の文で置き換えました。前の文は履歴にあります。"
    )


def _counted(taken: list[DraftText]) -> str:
    count = Counter(text.record[0] for text in taken)
    return _(
        "この章には原稿を取り込む前から文がありました。表題とリード文%(lead)s件、"
        "節%(sections)s件、脚注%(notes)s件を原稿の文で置き換えるか削除しました。"
        "前の文は履歴にあります。"
    ) % {
        "lead": count["title"] + count["lead"],
        "sections": count["section"],
        "notes": count["note"],
    }
