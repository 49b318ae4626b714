from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpResponseBadRequest
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _

from programs.models import Program, Source, YearlyBudget
from timeline.models import Event

from .request_bounds import (
    LONGEST_QUERY,
    MOST_BYTES_OF_A_STRANGER,
    MOST_PARAMETERS,
    QueryTooLong,
)


def home(request):
    counts = {
        "program_count": Program.objects.count(),
        "amount_count": YearlyBudget.objects.count(),
        "event_count": Event.objects.count(),
        "source_count": Source.objects.count(),
    }
    return render(request, "home.html", counts)


def favicon(request):
    """What browsers ask for by themselves where a page or a file names no icon of its own."""
    return redirect(static("stipolicy/mark.svg"))


def bad_request(request, exception):
    """Why a request was not read, with the bound; the page asks nothing of the request itself."""
    page = render_to_string("400.html", {"reason": reason_of(exception)})
    return HttpResponseBadRequest(page)


def reason_of(exception: Exception) -> str:
    """Return why Django or RequestBounds refused a request, in a sentence for who sent it."""
    match exception:
        case RequestDataTooBig():
            return _(
                "送られた内容が大きすぎます。一度に送れるのは%(most)s MBまで、"
                "サインインしていないときは%(stranger)s KBまでです。"
            ) % {
                "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_000_000,
                "stranger": MOST_BYTES_OF_A_STRANGER // 1_000,
            }
        case TooManyFieldsSent():
            return _("送られた項目が多すぎます。一度に送れるのは%(most)s項目までです。") % {
                "most": f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,}"
            }
        case TooManyFilesSent():
            return _("送られたファイルが多すぎます。一度に送れるのは%(most)s個までです。") % {
                "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES
            }
        case QueryTooLong():
            return _(
                "アドレスの「?」から後が長すぎます。%(most)sバイト、%(parameters)s項目までです。"
            ) % {"most": f"{LONGEST_QUERY:,}", "parameters": MOST_PARAMETERS}
        case DisallowedHost():
            return _("このホスト名ではサイトを公開していません。アドレスを確かめてください。")
        case MultiPartParserError():
            return _("送られた内容を読めません。途中で切れたか、形が壊れています。")
    return _("送られた内容を読めませんでした。")
