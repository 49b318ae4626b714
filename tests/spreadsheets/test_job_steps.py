import pytest

from programs.models import Organization
from tests.cast import cast

from .import_pages import confirm, upload, words

pytestmark = pytest.mark.django_db

SWAPPED = "コード,名称\njst,文部科学省\nmext,科学技術振興機構\n".encode()


def test_two_rows_that_swap_a_unique_value_are_refused_in_words(admin_client):
    cast()
    job, _page = upload(admin_client, Organization, SWAPPED)
    page = confirm(admin_client, job, rows="all")
    assert page.status_code == 200
    assert "記録のきまりに合わなくなります。何も書き込んでいません。" in words(page)
    assert Organization.objects.get(code="mext").name_ja == "文部科学省"
