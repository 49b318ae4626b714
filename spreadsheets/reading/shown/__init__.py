"""What a cell shows: Excel's number formats applied to stored numbers. Pure; knows no file.

`NumberFormat` is the one way in.
"""

from .number_format import NumberFormat, Shown, UnreadFormatError
from .written import number_written

__all__ = ["NumberFormat", "Shown", "UnreadFormatError", "number_written"]
