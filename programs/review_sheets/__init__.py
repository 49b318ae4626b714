"""The government's review sheets (行政事業レビュー) as programmes: names, numbers, yearly budgets.

A sheet describes one programme in one year, and its number is new every year. Reading (files,
layouts), linking (chains, lineages) and summing up (summary) are pure; records and storing speak
to the database.
"""
