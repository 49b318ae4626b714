import logging
import re

from django.db import DatabaseError, InterfaceError
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from records.storage_faults import why_not_saved

_OF_THE_PAGE = re.compile(r"(_FORMS|shown\w*|-id)$|^(initial-|(post|action)$)")
logger = logging.getLogger(__name__)


def sent_words(request) -> list[tuple[str, str]] | None:
    """Return (name, value) of what a form sent, None where a password is among it."""
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return None if any("password" in name for name, _ in sent) else sent


def shown_words(sent) -> list[tuple[str, str]]:
    """Return what somebody typed of what a form sent, without what the page put into it."""
    return [
        (name, value)
        for name, value in sent
        if value and not name.startswith("_") and not _OF_THE_PAGE.search(name)
    ]


class SignedOutMiddleware(MiddlewareMixin):
    """Show what an editor sent after the session had ended: signing in would lose it."""

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        is_form = request.method == "POST" and match.namespace == "admin"
        if not is_form or match.url_name in ("login", "logout"):
            return None
        try:
            if request.user.is_authenticated:
                return None
        except DatabaseError:
            return None  # the page will find no database either, and say so
        sent = shown_words(sent_words(request) or ())
        return render(request, "signed_out.html", {"shown": sent}, status=403)


class WriteFailureMiddleware(MiddlewareMixin):
    """Answer a write that the database could not take with its reason, and what was sent.

    Forms of records say it themselves (records/admin/saving_in_turn.py); this is for other pages.
    """

    def process_exception(self, request, exception):
        if request.method != "POST" or not isinstance(exception, DatabaseError | InterfaceError):
            return None
        reason = why_not_saved(exception)
        if not reason:
            return None
        logger.warning("503 for %s: %s", request.path, type(exception).__name__, exc_info=exception)
        sent = sent_words(request)
        may_send_again = not request.FILES and sent is not None
        context = {
            "reason": reason,
            "sent": sent if may_send_again else None,
            "shown": shown_words(sent or ()),
            "messages": [],  # the session's would ask the database once more
        }
        response = render(request, "503.html", context, status=503)
        response["Retry-After"] = "30"
        return response
