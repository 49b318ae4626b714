import pytest
from django.utils import timezone

from chapters.releasing.publishing import publish
from tests.cast import cast
from timeline.figure.chart import Chart

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch):
    """Every chart that is drawn."""
    charts = []
    original = Chart.__init__

    def counted(self, *args, **kwargs):
        original(self, *args, **kwargs)
        charts.append(self)

    monkeypatch.setattr(Chart, "__init__", counted)
    return charts


@pytest.mark.parametrize(
    "page",
    [
        "",
        "v1/",
        "timeline/",
        "timeline/?basis=total&from=2015&to=2020",
        "timeline.svg",
        "timeline.png",
        "timeline.xlsx",
        "timeline.csv",
        "timeline.json",
        "v1/timeline.svg",
    ],
)
def test_each_page_and_file_draws_its_figure_once(client, drawn, page):
    publish(cast().chapter, note="初版", now=timezone.now())
    drawn.clear()
    assert client.get(f"/chapters/2023/kokusai/{page}").status_code == 200
    assert len(drawn) == 1


def test_a_preview_draws_its_figure_once_and_publishing_none(admin_client, drawn):
    who = cast()
    url = f"/admin/chapters/chapter/{who.chapter.pk}/preview/"
    assert admin_client.get(url).status_code == 200
    assert len(drawn) == 1
    publish(who.chapter, note="初版", now=timezone.now())
    assert len(drawn) == 1
