from django import template
from django.utils import timezone

from ..models import Release

register = template.Library()


@register.inclusion_tag("chapters/_current_chapters.html")
def current_chapters():
    """The chapters the public can read now, by edition."""
    return {"releases": Release.objects.current(timezone.now()).for_list()}
