from django import template
from django.db.models import F
from django.utils import timezone

from ..models import Mention, Release
from ..releasing.document import blocks_from_json, footnotes_from_json

register = template.Library()


@register.inclusion_tag("chapters/_mentions.html")
def program_mentions(program):
    """The paragraphs and footnotes of current releases that name a programme."""
    return {"places": _places(Mention.objects.filter(program=program))}


@register.inclusion_tag("chapters/_mentions.html")
def event_mentions(event):
    """The paragraphs and footnotes of current releases that name an event."""
    return {"places": _places(Mention.objects.filter(event=event))}


def _places(mentions):
    """One entry a paragraph or footnote, with its words and the address of the place."""
    found = list(mentions.in_current_releases(timezone.now()))
    releases = Release.objects.filter(pk__in={mention.release_id for mention in found}).for_list()
    printed = releases.annotate(
        blocks=F("document__blocks"), footnotes=F("document__footnotes")
    ).in_bulk()
    places = {}
    for mention in found:
        key = (mention.release_id, mention.paragraph_id, mention.footnote_key)
        if key not in places:
            places[key] = _place(mention, printed[mention.release_id])
    return list(places.values())


def _place(mention, release):
    url = release.chapter.get_absolute_url()
    if mention.footnote_key:
        notes = footnotes_from_json(release.footnotes)
        note = next(note for note in notes if note.key == mention.footnote_key)
        return {
            "release": release,
            "url": f"{url}#fn-{note.key}",
            "note": note,
            "text": note.text,
        }
    heading = ""
    for block in blocks_from_json(release.blocks):
        if block.kind == "heading":
            heading = block.text
        if block.id == mention.paragraph_id:
            return {
                "release": release,
                "url": f"{url}#{block.id}",
                "heading": heading,
                "text": block.text,
            }
    raise LookupError(f"{release}: no paragraph {mention.paragraph_id}")
