from wsgiref.util import setup_testing_defaults

from stipolicy.wsgi import application


def test_the_server_finds_the_site():
    """Asks for a page that needs no database: a bare request would close the test's connection."""
    environ, answered = {}, []
    setup_testing_defaults(environ)
    environ["PATH_INFO"] = "/no-such-page/"
    body = b"".join(application(environ, lambda status, headers: answered.append(status)))
    assert answered == ["404 Not Found"]
    assert "stipolicy" in body.decode()
