"""Words for years, amounts, names and addresses, as pages print them."""

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from values import money
from values.fiscal_year import FiscalYear
from values.web_address import is_web_address

register = template.Library()


@register.filter
def paired(record, stem):
    """Print `record`'s name, title or summary; Japanese on an English page is marked as such."""
    text = getattr(record, stem)
    if get_language() == "en" and text and not getattr(record, f"{stem}_en"):
        return format_html('<span lang="ja">{}</span>', text)
    return text


@register.filter
def script_lang(text):
    """The language of a text kept in one column: "ja" with a kana or kanji in it, else "en"."""
    return "ja" if any("\u3040" <= character <= "\u9fff" for character in text) else "en"


@register.filter
def fiscal_year(year):
    """2019（令和元）年度, in English FY2019 (R1); None is 不明."""
    if year is None:
        return _("不明")
    known = FiscalYear(year)
    if get_language() == "en":
        return f"{known.label('en')} ({known.era_short})"
    return f"{known.combined}年度"


@register.filter
def fiscal_year_short(year):
    """2019年度, in English FY2019."""
    return FiscalYear(year).label(get_language())


@register.filter
def yen(amount_yen):
    """An amount in the unit in which it reads best; None is 不明, never 0."""
    return _("不明") if amount_yen is None else money.format_short(amount_yen, get_language())


@register.filter
def year_span(program):
    """The years of a programme: 2014–2019年度, 2009年度〜継続中, 〜2015年度, 不明."""
    if program.end_state == "ongoing":
        start = program.start_fiscal_year
        return _("%(start)s〜継続中") % {"start": fiscal_year_short(start) if start else _("不明")}
    return span(program.start_fiscal_year, program.end_fiscal_year)


@register.filter
def name_years(name):
    """The years in which a name was in use, both inclusive."""
    return span(name.first_fiscal_year, name.last_fiscal_year)


def span(first, last):
    if first is None and last is None:
        return _("不明")
    if first is None or last is None:
        return _("〜").join(fiscal_year_short(year) if year else "" for year in (first, last))
    if first == last:
        return fiscal_year_short(first)
    return _("%(first)s–%(last)s年度") % {"first": first, "last": last}


@register.filter
def linked(url, words=""):
    """A stored address as a link with `words`; as its own words where it may not be one."""
    if not is_web_address(url):
        return url
    return format_html('<a class="external" href="{}" rel="external">{}</a>', url, words or url)


@register.filter
def linked_host(url):
    """A stored address as a link that reads as its host."""
    try:
        return linked(url, urlsplit(url).hostname)
    except ValueError:  # of brackets around no address
        return url
