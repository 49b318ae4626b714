"""Many rows of one table at once, each with its history: a few statements at any number of rows.

`columns` are field attnames; values are as `get_db_prep_save` makes them. Every function expects
to run inside a transaction, and none calls save() or sends signals.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import connection, models

from records.changes import Kind, content_changed
from records.lookups import any_of

BATCH = 5_000
_KINDS = {"+": Kind.CREATED, "~": Kind.CHANGED, "-": Kind.DELETED}


@dataclass(frozen=True)
class Authorship:
    """What every history row of one import says: which job, which user, when."""

    job_id: int | None
    user_id: int | None
    now: datetime


def batches(values: Iterable, size: int = BATCH) -> Iterator[list]:
    """Yield the values in lists of at most `size`."""
    iterator = iter(values)
    while batch := list(islice(iterator, size)):
        yield batch


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` primary keys that no other transaction will use."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(
            f"SELECT MAX(COALESCE((SELECT MAX({_quoted(column)}) FROM {_quoted(table)}), 0),"
            " COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0))",
            [table],
        )
        first = cursor.fetchone()[0] + 1
    return list(range(first, first + count))


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]
) -> None:
    """Insert rows. Raises Django's IntegrityError or DataError when the database refuses one."""
    names = [_quoted(model._meta.get_field(name).column) for name in columns]
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
            # A cursor's copy() is psycopg's own: its errors are not Django's by themselves.
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(names))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def update_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence]
) -> None:
    """Set `columns` of rows given as (*values, primary key)."""
    names = [_quoted(model._meta.get_field(name).column) for name in columns]
    sets = ", ".join(f"{name} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_quoted(model._meta.db_table)} SET {sets}"
            f" WHERE {_quoted(model._meta.pk.column)} = %s",
            rows,
        )


def refresh_derived(model: type[models.Model], columns: Sequence[str], pks: Sequence[int]) -> None:
    """Work out derived columns of rows that were written without them."""
    fields = {name: model._meta.get_field(name) for name in columns}
    rows = model._base_manager.filter(pk__any_of=pks)
    update_rows(
        model,
        columns,
        [
            (
                *(f.get_db_prep_save(getattr(row, name), connection) for name, f in fields.items()),
                row.pk,
            )
            for row in rows.iterator(BATCH)
        ],
    )


def delete_rows(model: type[models.Model], pks: Sequence[int]) -> None:
    """Delete rows that nothing refers to, with their own many-to-many links."""
    for field in model._meta.many_to_many:
        _delete_where(field.remote_field.through, field.m2m_column_name(), pks)
    _delete_where(model, model._meta.pk.column, pks)


def current_links(field: models.ManyToManyField, pks: Sequence[int]) -> dict[int, list[int]]:
    """Return {pk: sorted targets} of the rows that have many-to-many links. One query."""
    owner, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    pairs = field.remote_field.through._base_manager.filter(**{f"{owner}__any_of": pks})
    links: dict[int, list[int]] = {}
    for pk, linked in pairs.order_by(owner, target).values_list(owner, target).iterator(BATCH):
        links.setdefault(pk, []).append(linked)
    return links


def replace_links(field: models.ManyToManyField, targets: dict[int, Iterable[int]]) -> None:
    """Make the many-to-many links of each primary key exactly the targets given."""
    _delete_where(field.remote_field.through, field.m2m_column_name(), list(targets))
    insert_links(field, targets)


def insert_links(field: models.ManyToManyField, targets: dict[int, Iterable[int]]) -> None:
    """Link each primary key to the targets given, none of which it has yet."""
    through = field.remote_field.through
    owner = through._meta.get_field(field.m2m_field_name()).attname
    target = through._meta.get_field(field.m2m_reverse_field_name()).attname
    pairs = [(pk, linked) for pk, linkeds in targets.items() for linked in linkeds]
    insert_rows(through, [owner, target], pairs)


def write_history(
    model: type[models.Model],
    pks: Sequence[int],
    kind: str,
    authorship: Authorship,
    *,
    have_links: bool = True,
) -> None:
    """Copy rows as they are now into the model's history, and tell that content changed.

    `kind` is "+", "~" or "-".
    `have_links` False says that no row has many-to-many links, which saves looking for them.
    """
    content_changed(model, _KINDS[kind], pks)
    history = model.history.model
    tracked = {field.attname for field in history.tracked_fields}
    names = [f.column for f in history._meta.concrete_fields if f.attname in tracked]
    copied = ", ".join(map(_quoted, names))
    with connection.cursor() as cursor:
        condition, parameters = any_of(_quoted(model._meta.pk.column), pks, connection)
        cursor.execute(
            f"INSERT INTO {_quoted(history._meta.db_table)} ({copied}, history_date,"
            " history_type, history_user_id, import_job_id)"
            f" SELECT {copied}, %s, %s, %s, %s FROM {_quoted(model._meta.db_table)}"
            f" WHERE {condition}",
            [
                connection.ops.adapt_datetimefield_value(authorship.now),
                kind,
                authorship.user_id,
                authorship.job_id,
                *parameters,
            ],
        )
        for field in history._history_m2m_fields if have_links and kind != "-" else ():
            _write_link_history(cursor, model, field, pks)


def _write_link_history(cursor, model, field, pks) -> None:
    """Copy the links of rows beside the newest history row of each."""
    through, history = field.remote_field.through, model.history.model
    link_history = getattr(history, field.name).model
    names = ", ".join(_quoted(f.column) for f in through._meta.concrete_fields)
    links = ", ".join(f"link.{_quoted(f.column)}" for f in through._meta.concrete_fields)
    owner = _quoted(field.m2m_column_name())
    condition, parameters = any_of(f"link.{owner}", pks, connection)
    cursor.execute(
        f"INSERT INTO {_quoted(link_history._meta.db_table)} ({names}, history_id)"
        f" SELECT {links}, (SELECT MAX(h.history_id) FROM {_quoted(history._meta.db_table)} h"
        f" WHERE h.{_quoted(model._meta.pk.column)} = link.{owner})"
        f" FROM {_quoted(through._meta.db_table)} link WHERE {condition}",
        parameters,
    )


def _delete_where(model, column: str, pks: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        condition, parameters = any_of(_quoted(column), pks, connection)
        cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {condition}", parameters)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
