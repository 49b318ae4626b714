"""The admin's bases: saving and deleting in turn, rows in order, a bounded search, history."""

from .records import ContentAdmin, RecordAdmin, RowsInline, offer_action, prose_overrides

__all__ = ["ContentAdmin", "RecordAdmin", "RowsInline", "offer_action", "prose_overrides"]
