"""One number for a row of one of several tables, which a plan keeps in place of Excel's."""

ROWS_A_TABLE = 2**21  # Excel has 2**20 rows


def row_number(table: int, row: int) -> int:
    """Return the number of Excel's `row` in the table with index `table`; of the first, `row`."""
    return table * ROWS_A_TABLE + row


def parted(number: int) -> tuple[int, int]:
    """Return the index of the table and Excel's row."""
    return divmod(number, ROWS_A_TABLE)
