"""Random valid sheets, a list of rows of text with the headings first, for the cast's tables."""

from collections.abc import Callable
from random import Random

WORDS = (
    "国際", "共同研究", "ｶﾀｶﾅ", "ＡＢＣ", "①", "㈱", "𠮷", "〜", "－", "ITER", "é", "（仮）", "1,5",
    'いわゆる"例"', "a b", "行\n二行", "髙", "が",
)  # fmt: skip
ORGANIZATIONS = ("mext", "jst")
PROGRAMS = ("satreps", "iter", "bilateral", "sicorp")
SOURCES = ("review-2016",)
Sheet = list[list[str]]


def text(chance: Random, most: int = 4) -> str:
    return "".join(chance.choices(WORDS, k=chance.randint(1, most))).strip()


def year(chance: Random, fiscal_year: int) -> str:
    spellings = [f"{fiscal_year}", f"{fiscal_year}年度", f"ＦＹ{fiscal_year}"[2:]]
    if 1990 <= fiscal_year <= 2018:
        spellings += [f"H{fiscal_year - 1988}", f"平成{fiscal_year - 1988}年度"]
    return chance.choice(spellings)


def amount(chance: Random) -> str:
    yen = chance.choice((0, 5, 1_234, 22_384_000_000))
    return chance.choice((f"{yen}", f"{yen:,}", f"▲{yen:,}" if yen else "0"))


def some_codes(chance: Random, codes: tuple[str, ...]) -> str:
    return chance.choice(("; ", "、")).join(chance.sample(codes, chance.randint(1, len(codes))))


def shuffled(chance: Random, cells: dict[str, list[str]]) -> Sheet:
    """Columns in any order below their headings."""
    headings = chance.sample(list(cells), len(cells))
    return [headings, *(list(row) for row in zip(*(cells[h] for h in headings), strict=True))]


def organizations(chance: Random, *, with_blanks: bool) -> Sheet:
    codes = [*chance.sample(ORGANIZATIONS, chance.randint(0, 2)), *_new_codes(chance)]
    maybe = _maybe(chance, with_blanks)
    return shuffled(
        chance,
        {
            "コード": codes,
            "名称": [f"{text(chance)}{number}" for number in range(len(codes))],
            "英語名称": [maybe(text(chance)) for _code in codes],
            "略称": [maybe(text(chance, 2)) for _code in codes],
        },
    )


def programs(chance: Random, *, with_blanks: bool) -> Sheet:
    codes = [*chance.sample(PROGRAMS, chance.randint(0, 4)), *_new_codes(chance)]
    maybe = _maybe(chance, with_blanks)
    ends = [chance.choice(("known", "ongoing", "unknown")) for _code in codes]
    if not with_blanks:
        ends = ["known"] * len(codes)
    starts = [chance.randint(1995, 2010) for _code in codes]
    words = {
        "known": ("終了年度が分かっている", "known"),
        "ongoing": ("継続中", "ongoing"),
        "unknown": ("不明", "unknown"),
    }
    return shuffled(
        chance,
        {
            "コード": codes,
            "名称": [text(chance) for _code in codes],
            "略称": [maybe(text(chance, 2)) for _code in codes],
            "概要": [maybe(text(chance, 9)) for _code in codes],
            "所管": [maybe(chance.choice(ORGANIZATIONS)) for _code in codes],
            "実施・関係機関": [maybe(some_codes(chance, ORGANIZATIONS)) for _code in codes],
            "開始年度": [year(chance, start) for start in starts],
            "終了年度": [
                year(chance, start + chance.randint(0, 9)) if end == "known" else ""
                for start, end in zip(starts, ends, strict=True)
            ],
            "終わり": [chance.choice(words[end]) for end in ends],
            "独立した予算を持つ": [chance.choice(("はい", "いいえ", "1", "0")) for _c in codes],
            "公式サイト": [maybe(f"https://example.go.jp/{code}") for code in codes],
            "出典": [maybe(SOURCES[0]) for _code in codes],
        },
    )


def names(chance: Random, *, with_blanks: bool) -> Sheet:
    maybe = _maybe(chance, with_blanks)
    kinds = ("旧称", "通称", "popular", "誤記", "英語")
    keys = [(chance.choice(PROGRAMS), chance.choice(kinds), f"{text(chance)}{n}") for n in range(5)]
    if chance.random() > 0.5:
        keys.append(("iter", "通称", "イーター"))
    starts = [chance.randint(1995, 2005) for _key in keys]
    return shuffled(
        chance,
        {
            "施策": [program for program, _kind, _name in keys],
            "種類": [kind for _program, kind, _name in keys],
            "名前": [name for _program, _kind, name in keys],
            "最初の年度": [maybe(year(chance, start)) for start in starts],
            "最後の年度": [maybe(year(chance, start + 5)) for start in starts],
            "出典": [maybe(SOURCES[0]) for _key in keys],
        },
    )


def budgets(chance: Random, *, with_blanks: bool) -> Sheet:
    maybe = _maybe(chance, with_blanks)
    bases = ("当初予算", "補正予算", "executed", "予算計")
    keys = {
        (chance.choice(PROGRAMS), chance.randint(2012, 2020), chance.choice(bases))
        for _row in range(8)
    }
    keys = [*sorted(keys), ("iter", 2016, "翌年度へ繰越し")]
    return shuffled(
        chance,
        {
            "施策": [program for program, _year, _basis in keys],
            "年度": [year(chance, fiscal_year) for _program, fiscal_year, _basis in keys],
            "区分": [basis for _program, _year, basis in keys],
            "金額（円）": [amount(chance) for _key in keys],
            "出典の単位": [chance.choice(("円", "百万円", "oku_yen")) for _key in keys],
            "出典": [maybe(SOURCES[0]) for _key in keys],
            "出典の箇所": [maybe(text(chance, 2)) for _key in keys],
        },
    )


def events(chance: Random, *, with_blanks: bool) -> Sheet:
    maybe = _maybe(chance, with_blanks)
    codes = [*(["g20-osaka-2019"] if chance.random() > 0.5 else []), *_new_codes(chance)]
    dates = ("2020-06-28", "2019年3月14日", "2021/7", "2020年8月", "令和2年9月1日", "2020年度")
    return shuffled(
        chance,
        {
            "コード": codes,
            "名称": [text(chance) for _code in codes],
            "英語名称": [maybe(text(chance)) for _code in codes],
            "種類": [chance.choice(("会議", "document", "その他")) for _code in codes],
            "日付": [chance.choice(dates) for _code in codes],
            "最終日": ["2022-03-31" for _code in codes],
            "関係する施策": [maybe(chance.choice(PROGRAMS)) for _code in codes],
            "組織": [maybe(some_codes(chance, ORGANIZATIONS)) for _code in codes],
            "URL": [maybe(f"https://example.go.jp/{code}") for code in codes],
            "出典": [maybe(SOURCES[0]) for _code in codes],
        },
    )


def _new_codes(chance: Random) -> list[str]:
    return [f"new-{number}" for number in range(chance.randint(1, 5))]


def _maybe(chance: Random, with_blanks: bool) -> Callable[[str], str]:
    """Return what leaves out a third of what it is given, where cells may be blank."""
    return lambda cell: "" if with_blanks and chance.random() < 0.33 else cell


SHEETS = {
    "organizations": organizations,
    "programs": programs,
    "names": names,
    "budgets": budgets,
    "events": events,
}
