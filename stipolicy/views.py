from django.shortcuts import render

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
