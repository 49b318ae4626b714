"""What a careful person enters from each sheet of /work/shared/cases, typed off the sheets."""

from dataclasses import dataclass, field
from typing import Literal

MILLION = 1_000_000
SATREPS, SICORP, HOPE = "satreps", "sicorp", "hope-meetings"
EXCHANGE, SAKURA = "inter-university-exchange", "sakura-science"

Amounts = dict[tuple[str, int, str], int]


@dataclass(frozen=True)
class Sheet:
    """`records` are all that may be written, `perhaps` what may be, or may be left out.

    `flags` are what a person answers; `end` is what must become of the file then.
    """

    records: Amounts = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    perhaps: Amounts = field(default_factory=dict)
    end: Literal["read", "refused", "either"] = "read"
    asked: str = ""
    """The code of the question that the file must raise before it is answered."""


def in_units(unit: int, *rows: tuple[str, str, int, tuple[float | None, ...]]) -> Amounts:
    """Return the records of rows: programme, kind, first year, amounts from year to year."""
    return {
        (code, first + index, basis): int(amount * unit)
        for code, basis, first, amounts in rows
        for index, amount in enumerate(amounts)
        if amount is not None
    }


def millions(*rows: tuple[str, str, int, tuple[float | None, ...]]) -> Amounts:
    return in_units(MILLION, *rows)


INITIAL, EXTRA, SPENT, ASKED = "initial", "supplementary", "executed", "request"
FORMS_14 = Sheet(
    millions(
        (SATREPS, INITIAL, 2022, (1802,)),
        (SATREPS, EXTRA, 2022, (120,)),
        (EXCHANGE, INITIAL, 2022, (1055,)),
    ),
    ("--unused-rest",),
)

DECK = {
    "01_3段見出し_当初補正執行.xlsx": Sheet(
        millions(
            (EXCHANGE, INITIAL, 2021, (1007, 1055)),
            (EXCHANGE, EXTRA, 2021, (0, 0)),
            (EXCHANGE, SPENT, 2021, (828, 1153)),
            (SATREPS, INITIAL, 2021, (1790, 1802)),
            (SATREPS, EXTRA, 2021, (0, 120)),
            (SATREPS, SPENT, 2021, (1765, 1788)),
            (SAKURA, INITIAL, 2021, (2101, 2044)),
            (SAKURA, EXTRA, 2021, (0, 0)),
            (SAKURA, SPENT, 2021, (640, 1320)),
        ),
        ("--unused-rest",),
    ),
    "05_なし記号.xlsx": Sheet(
        millions((SATREPS, INITIAL, 2019, (0, None, None, 1802)), (SATREPS, EXTRA, 2019, (0,)))
    ),
    "06_一枚に二表.xlsx": Sheet(
        millions(
            (SATREPS, INITIAL, 2019, (1799, 1790, 1802)),
            (SICORP, INITIAL, 2019, (1007, 950, 840)),
            (SATREPS, SPENT, 2019, (1781, 1755, 1790)),
            (SICORP, SPENT, 2019, (990, 940, 799)),
        )
    ),
    "07_府省ごとのシート.xlsx": Sheet(
        millions(
            (EXCHANGE, INITIAL, 2022, (1055,)),
            (SATREPS, INITIAL, 2022, (1802,)),
            ("mofa-sta-budget", INITIAL, 2022, (12,)),
            ("meti-emerging-markets", INITIAL, 2022, (3990,)),
        ),
        ("--unused-rest", "--sheet=文部科学省", "--sheet=外務省", "--sheet=経済産業省"),
    ),
    "10_数式_値なし.xlsx": Sheet(flags=("--unused-rest",), end="refused"),
    "12_年度見出し_予算額.xlsx": Sheet(
        millions(
            (SATREPS, INITIAL, 2016, (2031, 1980, 1852, 1799, 1790, 1790, 1802)),
            (EXCHANGE, INITIAL, 2016, (1552, 1538, 1486, 1303, 1198, 1007, 1055)),
        ),
        ("--set=区分=当初予算",),
        asked="column.missing",
    ),
    "12c_年度見出し_混在.xlsx": Sheet(
        millions(
            (SATREPS, INITIAL, 2016, (2031, 1980, 1852, 1799, None, 1790)),
            (EXCHANGE, INITIAL, 2016, (1552, 1538, 1486, 1303, None, 1007)),
        ),
        ("--set=区分=当初予算", "--unused-rest"),
        perhaps=millions((SATREPS, ASKED, 2022, (2200,)), (EXCHANGE, ASKED, 2022, (1801,))),
    ),
    "13_名称のゆれ.xlsx": Sheet(
        millions(
            (SATREPS, INITIAL, 1992, (102, 103)),
            (SAKURA, INITIAL, 1994, (104, 105)),
            ("wpi", INITIAL, 1997, (107,)),
            ("overseas-challenge", INITIAL, 1999, (109,)),
            (SICORP, INITIAL, 2000, (110,)),
            (SAKURA, INITIAL, 2001, (111,)),
            (SATREPS, INITIAL, 2002, (112,)),
            (HOPE, INITIAL, 2003, (113,)),
        ),
        ("--rows=good",),
        perhaps=millions((EXCHANGE, INITIAL, 1996, (106,)), ("wpi", INITIAL, 1998, (108,))),
    ),
    "14_知らない列_列順.xlsx": FORMS_14,
    "16_Excel貼付け.tsv": Sheet(
        millions(
            (SATREPS, INITIAL, 2021, (1790,)),
            (SAKURA, INITIAL, 2021, (2101,)),
            (EXCHANGE, INITIAL, 2021, (1007,)),
        )
    ),
    "20_シート保護.xlsx": FORMS_14,
    "21_パスワード付き.xlsx": Sheet(end="refused"),
    "23_クロス集計_府省.xlsx": Sheet(
        flags=("--header-row=2", "--set=区分=当初予算"), end="refused"
    ),
    "30_単位が列ごとに違う.xlsx": Sheet(
        millions(
            (SATREPS, INITIAL, 2021, (1790, 1802, 1810)), (SICORP, INITIAL, 2021, (840, 799, 801))
        ),
        ("--unit=百万円",),
        asked="unit.missing",
    ),
    "31_単位なし.xlsx": Sheet(
        millions((SATREPS, INITIAL, 2021, (1790, 1802)), (SICORP, INITIAL, 2021, (840, 799))),
        ("--unit=百万円",),
        asked="unit.missing",
    ),
    "32_合計行_直前が空欄.xlsx": Sheet(
        millions((EXCHANGE, INITIAL, 2021, (1007, 1055))), ("--unused-rest",)
    ),
    "35_桁区切りが裸のCSV.csv": Sheet(flags=("--unused-rest",), end="refused"),
    "36_区分が列.xlsx": Sheet(
        millions(
            (SATREPS, INITIAL, 2020, (1790, 1802)),
            (SATREPS, EXTRA, 2020, (0, 120)),
            (SATREPS, SPENT, 2020, (1755, 1770)),
        )
    ),
}


CASES = {
    "01a-scaled-format.xlsx": Sheet(millions((SATREPS, INITIAL, 2031, (1234,)))),
    "01c-unit-in-format.xlsx": Sheet(millions((SATREPS, INITIAL, 2031, (1234,)))),
    "01e-oku-format.xlsx": Sheet(millions((SATREPS, INITIAL, 2031, (1250,)))),
    "05c-strike-amount.xlsx": Sheet(
        perhaps=millions((SATREPS, INITIAL, 2031, (340,))), end="either"
    ),
    "05e-strike-short.xlsx": Sheet(millions((SATREPS, INITIAL, 2031, (34,)))),
    "08c-jis.csv": Sheet(millions((SATREPS, INITIAL, 2031, (7,)))),
    "28b-all.xlsx": Sheet(millions((SATREPS, INITIAL, 2031, (2,)))),
    "32c-top-basis.xlsx": Sheet(
        millions((SATREPS, INITIAL, 2031, (1, 2)), (SATREPS, EXTRA, 2031, (3, 4))),
        ("--unit=百万円",),
        asked="unit.missing",
    ),
    "32d-top-year-full-basis.xlsx": Sheet(
        millions((SATREPS, INITIAL, 2031, (1, 3)), (SATREPS, EXTRA, 2031, (2, 4))),
        ("--unit=百万円",),
        asked="unit.missing",
    ),
    "32f-one-row.xlsx": Sheet(
        millions((SATREPS, INITIAL, 2031, (1, 3)), (SATREPS, EXTRA, 2031, (2,))),
        ("--unit=百万円",),
        asked="unit.missing",
    ),
    "32g-year-unmerged.xlsx": Sheet(
        millions((SATREPS, INITIAL, 2031, (1, 3)), (SATREPS, EXTRA, 2031, (2, 4))),
        ("--unit=百万円",),
        asked="unit.missing",
    ),
}
