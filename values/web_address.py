"""Which stored addresses may become links. Pure.

What is stored may be older than the rules for entering it, or come from elsewhere: an address such
as javascript: does what its writer wants in the page of whoever follows it.
"""

import re

# Nothing blank and no control character: browsers drop some of them, and read the rest.
_WEB_ADDRESS = re.compile(r"(?:https?://[^\s/?#\\]|mailto:[^\s/])[^\s\x00-\x1f\x7f]*", re.I)
_SITE_PATH = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f]*")


def is_web_address(text: str) -> bool:
    """Whether `text` is an address of http, https or mailto, and nothing else."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def is_site_path(text: str) -> bool:
    """Whether `text` is a path of this site: //host leads to another one."""
    return _SITE_PATH.fullmatch(text) is not None
