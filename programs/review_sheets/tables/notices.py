"""What a run met and how it decided, counted by kind with examples. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from values.messages import Translate, gettext_noop

EXAMPLES = 5

SENTENCES: dict[str, str] = {
    "amount.differs": gettext_noop(
        "古いシートの金額が、同じ年度・区分の新しいシートと丸めを超えて違います。新しいほうを採りました。"
    ),
    "amount.kept": gettext_noop(
        "登録済みの金額がシートと丸めを超えて違います。登録済みの金額を残しました。"
    ),
    "amount.below_yen": gettext_noop("1円に満たない端数を、円に丸めました。"),
    "year.impossible": gettext_noop("開始・終了年度としてありえない値を、空欄として読みました。"),
    "end.contradiction": gettext_noop(
        "終了予定なしとしながら終了年度もあります。終了年度を採りました。"
    ),
    "same_year": gettext_noop(
        "つながりを示すシートどうしが、同じ年の別のシートと重なります。別の施策のままにしました。"
    ),
    "program.two_sheets": gettext_noop("1つの施策に、同じ年のシートが2枚以上登録されています。"),
    "program.ambiguous": gettext_noop(
        "同じ府省庁に同じ名称の候補が複数あります。別の施策のままにしました。"
    ),
    "pointer.unreadable": gettext_noop("過去のシートへの参照として読めません。使いませんでした。"),
    "pointer.unconfirmed": gettext_noop(
        "過去のシートへの参照が、名称でも金額でも裏付けられません。使いませんでした。"
    ),
    "lineage.cycle": gettext_noop("系統が輪になるため、加えませんでした。"),
    "column.not_read": gettext_noop("読まない列です。"),
}


@dataclass
class RunNotices:
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, example: str) -> None:
        self.counts[code] = self.counts.get(code, 0) + 1
        shown = self.examples.setdefault(code, [])
        if len(shown) < EXAMPLES:
            shown.append(example)

    def as_json(self, translate: Translate = str) -> list[dict[str, Any]]:
        """Return what was met, as commands print it, in the language of `translate`."""
        return [
            {
                "code": code,
                "count": count,
                "message": translate(SENTENCES[code]),
                "examples": self.examples[code],
            }
            for code, count in sorted(self.counts.items())
        ]
