from django.shortcuts import redirect, render
from django.templatetags.static import static

from programs.models import Program, Source, YearlyBudget
from timeline.models import Event


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
