"""How people write years, kinds, units and programmes: typed here, nothing of it computed."""

from datetime import date

from .chance import Chance
from .paper import Cell

PROGRAMS = {
    "satreps": ("地球規模課題対応国際科学技術協力プログラム", "SATREPS"),
    "sakura": ("国際青少年交流事業", "SSP"),
    "iter": ("ITER（国際熱核融合実験炉）計画等の実施", "ITER"),
    "space": ("国際宇宙探査計画", "ISE"),
    "hubs": ("統計に基づく研究拠点形成事業", ""),
    "wpi": ("世界トップレベル研究拠点プログラム", "WPI"),
}
FIRST_YEAR, LAST_YEAR = 2012, 2023
ERAS = {
    year: ("平成", "H", str(year - 1988)) if year < 2019 else ("令和", "R", str(year - 2018))
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
KINDS = {
    "initial": ("当初予算", "当初", "当初予算額"),
    "supplementary": ("補正予算", "補正", "補正予算額", "補正予算（第2号）"),
    "executed": ("執行額", "執行", "決算額", "執行済額"),
    "total": ("予算計", "歳出予算現額"),
    "request": ("要求額", "概算要求", "概算要求額"),
    "carried_out": ("翌年度へ繰越し", "翌年度繰越額"),
}
ENGLISH_KINDS = {
    "initial": ("Initial budget", "Initial"),
    "supplementary": ("Supplementary budget", "Supplementary"),
    "executed": ("Executed", "Settlement"),
    "request": ("Request",),
}
STORED = {
    "initial": "当初予算",
    "supplementary": "補正予算",
    "executed": "執行額",
    "total": "予算計",
    "request": "要求額",
    "carried_out": "翌年度へ繰越し",
}
"""What a person answers when asked for the kind."""
UNITS = {
    "百万円": 10**6,
    "千円": 10**3,
    "円": 1,
    "億円": 10**8,
    "万円": 10**4,
    "十億円": 10**9,
    "100万円": 10**6,
}
ENGLISH_UNITS = {"JPY million": 10**6, "in million yen": 10**6, "JPY thousand": 10**3}
YEAR_CELL = 'yyyy"年度"'


def program(chance: Chance, code: str) -> str:
    name, short = PROGRAMS[code]
    ways = [name, name, code]
    if short:
        ways += [short]
    if chance.odds(4):
        return name[:7] + "\n" + name[7:]
    if chance.odds(6):
        return chance.pick([name + "　", f"・{name}", f"{name}（{short or code}）", f"{name}※"])
    return chance.pick(ways)


def japanese_year(chance: Chance, year: int) -> str:
    era, letter, number = ERAS[year]
    ways = [
        f"{year}年度",
        f"{era}{number}年度",
        f"{letter}{number}",
        f"{letter}{number}年度",
        f"{era}{number.translate(FULL_WIDTH)}年度",
        f"{str(year).translate(FULL_WIDTH)}年度",
        f"FY{year}",
        f"{year}",
        f"{year}年度（{era}{number}年度）",
        f"{era}{number}年度（{year}年度）",
    ]
    kanji = "〇一二三四五六七八九"
    if len(number) == 1:
        ways += [f"{era}{kanji[int(number)]}年度"]
    ways += [f"{era}{number}", f"{letter}.{number}", f"{era} {number} 年度", f"{era[0]}{number}"]
    if number == "1":
        ways += [f"{era}元年度", f"{letter}元"]
    if year == 2019:
        ways += ["平成31年度", "H31", "平成31年度（令和元年度）"]
    return chance.pick(ways)


def english_year(chance: Chance, year: int) -> str:
    return chance.pick([f"FY{year}", f"{year}", f"FY {year}"])


def year_cell(chance: Chance, year: int, *, english: bool = False, workbook: bool = True) -> Cell:
    """A year alone in a cell: text, a number, or a date that shows its year."""
    if workbook and chance.odds(20):
        return Cell(year)
    if workbook and chance.odds(5):
        return Cell(date(year, 4, 1), YEAR_CELL)
    return Cell((english_year if english else japanese_year)(chance, year))


def kind(chance: Chance, basis: str, *, english: bool = False) -> str:
    return chance.pick((ENGLISH_KINDS if english else KINDS)[basis])


def year_and_kind(chance: Chance, year: int, basis: str, *, english: bool) -> str:
    """A year and a kind in one heading: 平成28年度当初予算額, R2補正, FY2021 initial."""
    if english:
        words = kind(chance, basis, english=True)
        return chance.pick([f"FY{year} {words.lower()}", f"{words}, FY{year}"])
    era, letter, number = ERAS[year]
    words = kind(chance, basis)
    return chance.pick(
        [
            f"{year}年度{words}",
            f"{era}{number}年度{words}",
            f"{letter}{number}{words}",
            f"{era}{number}年度　{words}",
            f"{era}{number}年度\n{words}",
            f"{words}（{era}{number}年度）",
            f"{era}{number}年度\n{words}",
            f"{letter}{number}年度 {words}",
            f"{words} {year}",
            f"【{era}{number}年度】{words}",
        ]
    )
