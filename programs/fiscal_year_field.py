from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .fiscal_year import FIRST_YEAR, LAST_YEAR

RANGE_MESSAGE = _("1868年度から2100年度までの西暦で入れます（例 2019）。")


class FiscalYearField(models.PositiveSmallIntegerField):
    """The Gregorian year in which a fiscal year begins; the database holds it to 1868-2100."""

    default_validators = [
        MinValueValidator(FIRST_YEAR, RANGE_MESSAGE),
        MaxValueValidator(LAST_YEAR, RANGE_MESSAGE),
    ]

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        return f"{column} BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
