"""The lookup `__any_of`: a column is one of many values, given as one parameter.

`__in` has a parameter a value: slow to build for thousands, and SQLite bounds their number.
"""

import json
from collections.abc import Sequence

from django.db import models


class AnyOf(models.Lookup):
    """`code__any_of=codes`: any number of text or whole-number values, none of them null."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        values = [
            value
            if type(value) in (str, int)
            else self.lhs.output_field.get_db_prep_value(value, connection)
            for value in self.rhs
        ]
        condition, given = any_of(column, values, connection)
        return condition, [*parameters, *given]


def any_of(expression: str, values: Sequence, connection) -> tuple[str, list]:
    """Return SQL that holds where `expression` is one of `values`, and its one parameter."""
    if connection.vendor == "postgresql":
        return f"{expression} = ANY(%s)", [list(values)]
    return f"{expression} IN (SELECT value FROM json_each(%s))", [json.dumps(list(values))]
