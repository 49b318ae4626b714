"""Django's validators for many values at once: the same verdicts, sooner."""

import re
from collections.abc import Callable
from copy import copy
from typing import Any

from django.core.validators import RegexValidator, URLValidator

Validator = Callable[[Any], None]

_ORIGIN_AND_REST = re.compile(r"([^/?#\s]+://[^/?#\s]+)(?:[/?#]\S*)?")


def quick(validator: Validator) -> Validator:
    """Return the same validator without the proxy around its pattern: that takes 5 µs a look."""
    if not isinstance(validator, RegexValidator) or not validator.regex.pattern:
        return validator
    quicker = copy(validator)
    quicker.regex = copy(validator.regex)
    return _UrlValidator(quicker) if type(validator) is URLValidator else quicker


class _UrlValidator:
    """Checks each scheme and host once: after them URLValidator takes all but white space."""

    def __init__(self, validator: URLValidator) -> None:
        self.validator = validator
        self.valid_origins: set[str] = set()

    def __call__(self, url: str) -> None:
        found = _ORIGIN_AND_REST.fullmatch(url)
        if found and found[1] in self.valid_origins and len(url) <= self.validator.max_length:
            return
        self.validator(url)
        if found:
            self.valid_origins.add(found[1])
