import logging

from django.db import DatabaseError, InterfaceError
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from records.storage_faults import why_not_saved

logger = logging.getLogger(__name__)


class WriteFailureMiddleware(MiddlewareMixin):
    """Answer a write that the database could not take with its reason, and what was sent.

    Forms of records say it themselves (records/saving_in_turn.py); this is for every other page.
    """

    def process_exception(self, request, exception):
        if request.method != "POST" or not isinstance(exception, DatabaseError | InterfaceError):
            return None
        reason = why_not_saved(exception)
        if not reason:
            return None
        logger.warning("503 for %s: %s", request.path, type(exception).__name__, exc_info=exception)
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken"
            for value in values
        ]
        may_send_again = not request.FILES and not any("password" in name for name, _ in sent)
        context = {
            "reason": reason,
            "sent": sent if may_send_again else None,
            "messages": [],  # the session's would ask the database once more
        }
        response = render(request, "503.html", context, status=503)
        response["Retry-After"] = "30"
        return response
