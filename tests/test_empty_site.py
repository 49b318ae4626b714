"""The site before anything has been entered."""

import pytest

from tests.test_everything import PAGES_WITHOUT_ARGUMENT

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("url", PAGES_WITHOUT_ARGUMENT)
def test_every_page_without_argument_answers_on_an_empty_database(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert "<h1" in response.content.decode() or not url.endswith("/")
