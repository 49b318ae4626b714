"""What reading and storing a manuscript decided, in sentences: each code has its own. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from values.decision import Decision
from values.messages import Message, gettext_noop

_SENTENCES = {
    "level.set": gettext_noop(
        "見出し「%(words)s」の # の数は印と合いません。印のとおり段%(outcome)sにしました。"
    ),
    "seam.joined": gettext_noop("脚注をはさんで切れた文をつなぎました: %(words)s"),
    "address.mended": gettext_noop("URLの書き方を直しました: %(words)s"),
    "superscript.exponent": gettext_noop(
        "「%(words)s」の上付き数字は指数とし、脚注の印としませんでした。"
    ),
    "name.alias": gettext_noop("太字の「%(words)s」を別の名で%(outcome)sと結び付けました。"),
    "row.alias": gettext_noop("年表の行「%(words)s」を別の名で%(outcome)sと結び付けました。"),
    "row.year": gettext_noop(
        "年表の「%(words)s」の印の年度は、記録の日付の暦年と違います: %(outcome)s"
    ),
    "row.created": gettext_noop("年表の「%(words)s」のために記録%(outcome)sを作りました。"),
}
_WARNINGS = {
    "section.number": gettext_noop(
        "節の番号が順と合いません: %(words)s。番号は(%(outcome)s)と表示されます。"
    ),
    "heading.hashes": gettext_noop("見出しの終わりの # を除きました: %(words)s"),
    "title.bold": gettext_noop("表題に太字は使えないため、** を除きました: %(words)s"),
    "note.address": gettext_noop("すぐ上の脚注のURLとしました: %(words)s"),
    "seam.perhaps": gettext_noop(
        "文の途中と見て、脚注の後の段落とつなぎました。"
        "別の段落なら「。」で終えてください: %(words)s"
    ),
    "digits.joined": gettext_noop("行末と行頭の数字をつなぎました: %(words)s"),
    "digits.parted": gettext_noop(
        "行末と行頭の数字の間に空白を置きました。一つの数なら1行に書いてください: %(words)s"
    ),
    "heading.amid": gettext_noop(
        "文のすぐ下の「■」を項の見出しとしました。見出しなら前に空行を入れ、"
        "箇条書きなら「- 」で始めてください: %(words)s"
    ),
    "title.as_typed": gettext_noop(
        "表題では脚注の印や<sub>などを使えません。書いたとおりに表示されます: %(words)s"
    ),
    "characters.removed": gettext_noop("行の端の見えない文字を除きました: %(words)s"),
    "note.key": gettext_noop("脚注[^%(words)s]のキーは英数字でないため、%(outcome)sとしました。"),
    "note.restarted": gettext_noop(
        "脚注%(words)sは前にもあるため、この脚注のキーを%(outcome)sとしました。"
    ),
    "mark.moved": gettext_noop("太字の中の脚注の印を太字の後に移しました: %(words)s"),
    "bold.spaced": gettext_noop(
        "** の内側に空白があるため太字になりません。書いたとおりに残しました: %(words)s"
    ),
    "superscript.perhaps_exponent": gettext_noop(
        "「%(words)s」の上付き数字は指数としました。脚注の印なら [^%(outcome)s] と書いてください。"
    ),
    "superscript.perhaps_mark": gettext_noop(
        "「%(words)s」の上付き数字は脚注%(outcome)sの印としました。"
        "指数なら脚注の印を別の所に置いてください。"
    ),
    "superscript.kept": gettext_noop(
        "「%(words)s」は脚注の印としませんでした。印なら <sup>1</sup> か [^1] と書いてください。"
    ),
    "markup.kept": gettext_noop("本文にない書き方のため、文字のまま残しました: %(words)s"),
    "table.unruled": gettext_noop(
        "表の2行目に列の数だけ | --- | がないため、表になりません。行のまま残しました: %(words)s"
    ),
    "table.of_years": gettext_noop(
        "▲のある年度の表を本文の表としました。年表にするにはタブで区切ってください: %(words)s"
    ),
}
_DROPPED = {
    "comment.dropped": gettext_noop("コメントを取り込みませんでした: %(words)s"),
    "table.column_name": gettext_noop("年表の列の名を取り込みませんでした: %(words)s"),
    "legend.words": gettext_noop("凡例のこの部分を取り込みませんでした: %(words)s"),
}
_ALL = _SENTENCES | _WARNINGS | _DROPPED


def sentence(decision: Decision) -> Message:
    """Return what was decided, for the editor, without its line."""
    parameters = {"words": " ".join(decision.words.split()), "outcome": decision.outcome}
    return Message(_ALL[decision.code], parameters)


def warned(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that an editor should look at: text was changed, may mean otherwise or was left out."""
    return [each for each in decisions if each.code not in _SENTENCES]


def dropped(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that name words of the file which the site does not have."""
    return [each for each in decisions if each.code in _DROPPED]
