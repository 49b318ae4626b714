"""What a page of deletion carries of the records that it shows."""

from django import template

from ..admin.deleting_in_turn import SHOWN, digest_of

register = template.Library()


@register.inclusion_tag("admin/_shown_records.html")
def shown_records(*records):
    return {"name": SHOWN, "digest": digest_of(records)}


@register.inclusion_tag("admin/_shown_records.html")
def shown_queryset(records):
    return {"name": SHOWN, "digest": digest_of(records)}
