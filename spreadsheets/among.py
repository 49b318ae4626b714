"""The lookup `__among`: a column is one of many values, given as one parameter.

`__in` has a parameter a value: slow to build for thousands, and SQLite bounds their number.
"""

import json

from django.db import models


class Among(models.Lookup):
    """`code__among=codes`: any number of text or whole-number values, none of them null."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        values = [
            value
            if type(value) in (str, int)
            else self.lhs.output_field.get_db_prep_value(value, connection)
            for value in self.rhs
        ]
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", [*parameters, values]
        return f"{column} IN (SELECT value FROM json_each(%s))", [*parameters, json.dumps(values)]
