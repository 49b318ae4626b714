"""Placeholder."""


def measure(runner):
    pass
