from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context):
    """Return for every language its code, name and this page's address in it.

    A page without an address of its own (404) leads to the home page of the other language.
    """
    request = context.get("request")
    here = request.get_full_path() if request else reverse("stipolicy:home")
    return [
        {
            "code": code,
            "name": name,
            "path": page_in(code, here),
            "url": request.build_absolute_uri(page_in(code, here)) if request else "",
            "is_current": code == get_language(),
        }
        for code, name in settings.LANGUAGES
    ]


def page_in(code, here):
    path = translate_url(here, code)
    if path == here and code != get_language():
        with override(code):
            return reverse("stipolicy:home")
    return path
