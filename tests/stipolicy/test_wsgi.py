from wsgiref.util import setup_testing_defaults

import pytest

from stipolicy.wsgi import application


@pytest.mark.django_db(transaction=True)
def test_the_server_finds_the_site():
    """Without a transaction around it: a bare request closes connections by itself."""
    environ, answered = {}, []
    setup_testing_defaults(environ)
    body = b"".join(application(environ, lambda status, headers: answered.append(status)))
    assert answered == ["200 OK"]
    assert "stipolicy" in body.decode()
