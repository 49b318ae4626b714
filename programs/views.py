from django.core.paginator import Paginator
from django.views.generic import DetailView
from django_filters.views import FilterView

from .budget_table import budget_bars, budget_table
from .citations import citation_groups
from .filters import ProgramFilter
from .models import Program, Source
from .relatives import relatives


class ProgramListView(FilterView):
    """The programmes, filtered."""

    queryset = Program.objects.for_list()
    filterset_class = ProgramFilter
    template_name = "programs/program_list.html"
    paginate_by = 50


class ProgramDetailView(DetailView):
    queryset = Program.objects.for_detail()
    slug_field = slug_url_kwarg = "code"

    def get_context_data(self, **kwargs):
        budgets = list(self.object.budgets.all())
        return super().get_context_data(
            bars=budget_bars(budgets),
            table=budget_table(budgets),
            relatives=relatives(self.object),
            **kwargs,
        )


class SourceDetailView(DetailView):
    """A source and what cites it; of the amounts only how many of each programme, paged."""

    model = Source

    def get_context_data(self, **kwargs):
        programs = Program.objects.with_budgets_of(self.object)
        page = Paginator(programs, 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page_obj=page, citing=citation_groups(self.object), **kwargs
        )
