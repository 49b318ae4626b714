"""Sheets of budgets as ministries lay them out, with the records a careful reader would enter."""
