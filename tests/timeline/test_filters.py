import pytest

from tests.cast import cast
from timeline.filters import EventFilter
from timeline.models import Event


@pytest.fixture(autouse=True)
def people(db):
    return cast()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"q": "大阪g20"}, {"g20-osaka-2019"}),
        ({"q": "提言 ticad"}, {"ticad7-proposal"}),
        ({"fiscal_year": "H30"}, {"ticad7-proposal"}),
        ({"fiscal_year": "令和元年度"}, {"g20-osaka-2019"}),
        ({"kind": "appointment"}, {"sti-envoy"}),
        ({"kind": "meeting", "q": "提言"}, set()),
    ],
)
def test_events_are_found_by_name_fiscal_year_and_kind(query, codes):
    events = EventFilter(query, Event.objects.all()).qs

    assert set(events.values_list("code", flat=True)) == codes
