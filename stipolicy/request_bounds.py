"""How much one request may bring, before anything of it is read.

Django bounds the body and its fields for everyone alike, with room for an editor's longest form.
A stranger sends no such form, and a server's memory and time are not theirs: what they type into
signing in is short. The query string is bounded for all, and no NUL comes through in an address:
PostgreSQL takes none, so that a filter of the admin would be an error of the server.
"""

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, QueryDict

LONGEST_QUERY = 8_000  # bytes, as sent; a page repeats it in each of its links
MOST_PARAMETERS = 100  # the widest form of a page asks for ten
MOST_BYTES_OF_A_STRANGER = 200_000
NUL = "\x00"
NO_CHARACTER = "\ufffd"  # what a decoder writes for bytes that are none; no record has it
SEARCHES = ("q", "term")  # whose fields say themselves what is wrong (records/search_text.py)


class QueryTooLong(SuspiciousOperation):
    """More behind the ? of an address than any page asks for."""


class RequestBounds:
    """The last middleware: it knows who asks, and runs before the body is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
            raise QueryTooLong("The query string is too long.")
        if content_length(request) > MOST_BYTES_OF_A_STRANGER and is_a_stranger(request):
            raise RequestDataTooBig("A visitor who has not signed in sent too much.")
        if NUL in request.path:
            raise Http404("No address has a NUL.")
        if "%00" in query or NUL in query:
            request.GET = without_nul(request.GET)
        return self.get_response(request)


def without_nul(query: QueryDict) -> QueryDict:
    """Return a query that finds nothing where the one given has a NUL, but for searches."""
    read = query.copy()
    for name, values in query.lists():
        if name not in SEARCHES:
            kept = [value.replace(NUL, NO_CHARACTER) for value in values]
            read.pop(name)
            read.setlist(name.replace(NUL, NO_CHARACTER), kept)
    read._mutable = False
    return read


def is_a_stranger(request) -> bool:
    """Tell whether nobody has signed in; where no database says so, the view must say that."""
    try:
        return not request.user.is_authenticated
    except (DatabaseError, InterfaceError):
        return False


def content_length(request) -> int:
    """What the client says it sends; without a number Django reads nothing."""
    text = request.META.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
