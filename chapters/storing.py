"""A manuscript's sections and footnotes → those of a chapter's draft, in place of what it had."""

from django.db import models

from records.saving import delete_records, save_changed
from values.text_length import MOST_CHARACTERS

from .manuscript.inline import heading_words, with_mentions
from .manuscript.parts import too_long
from .models import Footnote, Section


def body(line, paragraphs, references):
    """Return a field's Markdown, the names that are bound in it as mentions."""
    text = with_mentions("\n\n".join(paragraphs), references.get)
    if len(text) > MOST_CHARACTERS:
        raise too_long(line, text)
    return text


def store_sections(chapter, manuscript, references):
    """Sections are known by the headings above and their own; these keep anchor and translation."""
    existing = dict(_by_path(chapter.sections.order_by("position"), "heading_ja"))
    wanted = list(_by_path(manuscript.sections, "heading"))
    gone = [section for path, section in existing.items() if path not in dict(wanted)]
    taken = {section.anchor for path, section in existing.items() if path in dict(wanted)}
    delete_records(gone)
    changed = bool(gone)
    moved = [
        existing[path].pk
        for position, (path, _section) in enumerate(wanted, start=1)
        if path in existing and existing[path].position != position
    ]
    if moved:
        Section.objects.filter(pk__in=moved).update(position=models.F("position") + 10_000)
    for position, (path, printed) in enumerate(wanted, start=1):
        section = existing.get(path)
        if section is None:
            section = Section(chapter=chapter, anchor=_free_anchor(printed.anchor, taken))
        changed |= save_changed(
            section,
            position=position,
            level=printed.level,
            heading_ja=printed.heading,
            body_ja=body(printed.line, printed.paragraphs, references),
        )
    return changed


def _by_path(sections, attribute):
    """Yield ((heading above, heading, how many such before), section)."""
    above, seen = "", {}
    for section in sections:
        heading = heading_words(getattr(section, attribute))
        above = heading if section.level == Section.Level.SECTION else above
        path = (section.level, above, heading)
        seen[path] = seen.get(path, 0) + 1
        yield (*path, seen[path]), section


def _free_anchor(anchor, taken):
    tried, number = anchor, 1
    while tried in taken:
        number += 1
        tried = f"{anchor}-v{number}"
    taken.add(tried)
    return tried


def store_footnotes(chapter, manuscript, references):
    existing = {note.key: note for note in chapter.footnotes.all()}
    changed = False
    for printed in manuscript.footnotes:
        note = existing.pop(printed.key, None) or Footnote(chapter=chapter, key=printed.key)
        changed |= save_changed(note, body_ja=body(printed.line, [printed.text], references))
    delete_records(existing.values())
    return changed or bool(existing)
