"""Making a chapter's draft say what its manuscript says."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from programs.names import reference
from records.changes import Kind, content_changed, content_write
from records.saving import delete_records, save_changed
from timeline.models import Timeline
from timeline.rows.labels import RecordNames
from timeline.rows.printed_legend import read_legend
from timeline.rows.printed_table import TableError, read_table
from timeline.rows.storing import StoredTable, store_table
from values.messages import Message, gettext_noop
from values.text_key import text_key

from .manuscript.inline import with_mentions
from .manuscript.reading import ManuscriptError, parse
from .models import Chapter, Edition, Footnote, Section

_PREFIX_LIMIT = 65


@dataclass(frozen=True)
class ChapterImport:
    """What an import found and did.

    `bound` counts the different bold names that name a record, `unbound` lists the others.
    `rows_unbound` are labels of timeline rows without a record, `created` the records made for
    rows, as program:code.
    """

    edition: str
    number: int
    slug: str
    changed: bool
    headings: int
    paragraphs: int
    footnotes: int
    timeline_rows: int
    marks: int
    bound: int
    unbound: tuple[str, ...]
    rows_bound: int
    rows_unbound: tuple[str, ...]
    created: tuple[str, ...]
    warnings: tuple[str, ...]


def import_chapter(
    text: str, *, edition_code: str, number: int, slug: str | None = None, dry_run: bool = False
) -> ChapterImport:
    """Replace the draft of a chapter by a manuscript, all or nothing; a second run writes nothing.

    Text in other languages, and sections that keep their heading, keep their anchors. Raises
    ManuscriptError or TableError, both with the line, before anything is written.
    """
    manuscript = parse(text)
    if manuscript.number != number:
        raise ManuscriptError(
            "number_differs",
            manuscript.line,
            str(manuscript.number),
            reason=Message(
                gettext_noop(
                    "原稿は第%(found)s章ですが、指定は%(number)sです。どちらかを直してください。"
                ),
                {"found": manuscript.number, "number": number},
            ),
        )
    table = read_table(manuscript.table) if manuscript.table else None
    tiers = _tiers(manuscript)
    with transaction.atomic(), content_write():
        chapter, changed = _store_chapter(manuscript, edition_code, slug)
        names = RecordNames(name.name for name in manuscript.bold_names)
        stored = StoredTable(timeline=None)
        if table:
            stored = store_table(
                timeline=_timeline(chapter),
                title=manuscript.timeline_title,
                table=table,
                tiers=tiers,
                names=names,
            )
        bindings = {name.name: names.find(name.name) for name in manuscript.bold_names}
        references = {
            name: reference(match.record) for name, match in bindings.items() if match.record
        }
        changed |= stored.changed
        changed |= save_changed(
            chapter,
            lead_ja=_body(manuscript.lead, references),
            timeline=stored.timeline if table else chapter.timeline,
        )
        changed |= _store_sections(chapter, manuscript, references)
        changed |= _store_footnotes(chapter, manuscript, references)
        if dry_run:
            transaction.set_rollback(True)
    return ChapterImport(
        edition=edition_code,
        number=number,
        slug=chapter.slug,
        changed=changed,
        headings=len(manuscript.sections),
        paragraphs=manuscript.paragraph_count,
        footnotes=len(manuscript.footnotes),
        timeline_rows=len(table.rows) if table else 0,
        marks=sum(len(row.marks) for row in table.rows) if table else 0,
        bound=len(references),
        unbound=tuple(name for name in bindings if name not in references),
        rows_bound=stored.bound,
        rows_unbound=tuple(stored.unbound),
        created=tuple(stored.created),
        warnings=(*stored.warnings, *_ambiguities(bindings)),
    )


def _tiers(manuscript):
    if manuscript.table and not manuscript.legend:
        line, text = manuscript.table[-1]
        raise TableError(
            "legend.missing",
            line,
            text.strip(),
            reason=Message(
                gettext_noop(
                    "年表の後に凡例がありません。「: 50億円以上」のような行を足してください。"
                )
            ),
        )
    return read_legend(manuscript.legend)


def _store_chapter(manuscript, edition_code, slug):
    """Return the chapter, made if need be, and whether anything was written."""
    edition, is_new = Edition.objects.get_or_create(
        code=edition_code, defaults={"title_ja": edition_code}
    )
    if is_new:
        content_changed(Edition, Kind.CREATED, [edition.pk])
    number = manuscript.number
    chapter = Chapter.objects.filter(edition=edition, number=number).first()
    slug = slug or (chapter.slug if chapter else _lent_slug(manuscript) or f"chapter-{number}")
    chapter = chapter or Chapter(edition=edition, number=number)
    if Chapter.objects.filter(edition=edition, slug=slug).exclude(pk=chapter.pk).exists():
        raise ManuscriptError(
            "slug_taken",
            manuscript.line,
            slug,
            reason=Message(
                gettext_noop(
                    "スラッグ %(slug)s はこの版の別の章が使っています。"
                    "--slug で別のものを選んでください。"
                ),
                {"slug": slug},
            ),
        )
    if len(f"{edition_code}-{slug}") > _PREFIX_LIMIT:
        raise ManuscriptError(
            "code_too_long",
            manuscript.line,
            f"{edition_code}-{slug}",
            reason=Message(
                gettext_noop(
                    "版とスラッグは合わせて%(limit)s字までです。短いものを選んでください。"
                ),
                {"limit": _PREFIX_LIMIT},
            ),
        )
    return chapter, is_new | save_changed(chapter, slug=slug, title_ja=manuscript.title)


def _lent_slug(manuscript):
    """Return the slug under which another edition has a chapter of this number and title."""
    others = Chapter.objects.filter(number=manuscript.number).order_by("-edition__code")
    title = text_key(manuscript.title)
    return next((other.slug for other in others if text_key(other.title_ja) == title), None)


def _timeline(chapter):
    """Return the chapter's own timeline, or an unsaved one; never one that another shows."""
    slug = f"{chapter.edition.code}-{chapter.slug}"
    shared = Chapter.objects.exclude(pk=chapter.pk)
    if chapter.timeline and not shared.filter(timeline=chapter.timeline).exists():
        return chapter.timeline
    return Timeline.objects.filter(slug=slug).first() or Timeline(slug=slug)


def _body(paragraphs, references):
    return with_mentions("\n\n".join(paragraphs), references.get)


def _store_sections(chapter, manuscript, references):
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
            body_ja=_body(printed.paragraphs, references),
        )
    return changed


def _by_path(sections, attribute):
    """Yield ((heading above, heading, how many such before), section)."""
    above, seen = "", {}
    for section in sections:
        heading = getattr(section, attribute)
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


def _store_footnotes(chapter, manuscript, references):
    existing = {note.key: note for note in chapter.footnotes.all()}
    changed = False
    for printed in manuscript.footnotes:
        note = existing.pop(printed.key, None) or Footnote(chapter=chapter, key=printed.key)
        changed |= save_changed(note, body_ja=with_mentions(printed.text, references.get))
    delete_records(existing.values())
    return changed or bool(existing)


def _ambiguities(bindings):
    return [
        _("「%(name)s」は%(records)sのどれか分かりません。本文で選んでください。")
        % {"name": name, "records": "、".join(match.ambiguous)}
        for name, match in bindings.items()
        if match.ambiguous and not match.record
    ]
