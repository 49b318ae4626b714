"""What a run met and how it decided, counted by kind with examples. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from values.language import is_english

EXAMPLES = 5

SENTENCES: dict[str, tuple[str, str]] = {
    "amount.differs": (
        "古いシートの金額が、同じ年度・区分の新しいシートと丸めを超えて違います。新しいほうを採りました。",
        "Amounts of older sheets differ beyond rounding from the latest; the latest was taken.",
    ),
    "amount.kept": (
        "登録済みの金額がシートと丸めを超えて違います。登録済みの金額を残しました。",
        "Recorded amounts differ beyond rounding from the sheets; the recorded ones were kept.",
    ),
    "amount.below_yen": (
        "1円に満たない端数を、円に丸めました。",
        "Fractions of a yen were rounded to whole yen.",
    ),
    "year.impossible": (
        "開始・終了年度としてありえない値を、空欄として読みました。",
        "Impossible first or last years were read as blank.",
    ),
    "end.contradiction": (
        "終了予定なしとしながら終了年度もあります。終了年度を採りました。",
        "Sheets say both “no end” and a last year; the last year was taken.",
    ),
    "same_year": (
        "つながりを示すシートどうしが、同じ年の別のシートと重なります。別の施策のままにしました。",
        "Sheets that point to each other overlap in one year; they were kept apart.",
    ),
    "program.two_sheets": (
        "1つの施策に、同じ年のシートが2枚以上登録されています。",
        "One programme owns two or more sheets of one year.",
    ),
    "program.ambiguous": (
        "同じ府省庁に同じ名称の候補が複数あります。別の施策のままにしました。",
        "Several programmes of the ministry share the name; they were kept apart.",
    ),
    "pointer.unreadable": (
        "過去のシートへの参照として読めません。使いませんでした。",
        "References to past sheets that cannot be read were not used.",
    ),
    "pointer.unconfirmed": (
        "過去のシートへの参照が、名称でも金額でも裏付けられません。使いませんでした。",
        "References to past sheets agree neither in name nor in amounts; they were not used.",
    ),
    "lineage.cycle": (
        "系統が輪になるため、加えませんでした。",
        "Lineages that would close a circle were not added.",
    ),
    "column.not_read": (
        "読まない列です。",
        "These columns are not read.",
    ),
}


@dataclass
class Notices:
    counts: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, example: str) -> None:
        self.counts[code] = self.counts.get(code, 0) + 1
        shown = self.examples.setdefault(code, [])
        if len(shown) < EXAMPLES:
            shown.append(example)

    def as_json(self, language: str | None) -> list[dict[str, Any]]:
        english = is_english(language)
        return [
            {
                "code": code,
                "count": count,
                "message": SENTENCES[code][english],
                "examples": self.examples[code],
            }
            for code, count in sorted(self.counts.items())
        ]
