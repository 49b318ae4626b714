"""Making a chapter's draft say what its manuscript says."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from programs.names import reference
from records.changes import Kind, content_changed, content_write
from records.saving import save_changed
from timeline.models import Timeline
from timeline.rows.labels import RecordNames, is_alias
from timeline.rows.printed_legend import read_legend, unread_words
from timeline.rows.printed_table import TableError, read_table, unread_headings
from timeline.rows.storing import StoredTable, store_table
from values.decision import Decision
from values.messages import Message, gettext_noop
from values.text_key import text_key

from .draft_texts import digests, draft_texts, overwritten
from .manuscript.decisions import dropped, sentence, warned
from .manuscript.parts import refused
from .manuscript.reading import parse
from .models import Chapter, Edition, ManuscriptImport
from .storing import body, store_footnotes, store_sections

_PREFIX_LIMIT = 65


@dataclass(frozen=True)
class ChapterImport:
    """What an import found and did.

    `bound` counts the different bold names that name a record, `unbound` lists the others.
    `rows_unbound` are labels of timeline rows without a record, `created` the records made for
    rows, as program:code. `dropped` is what of the file the site does not have: {"line", "text"}.
    `warnings` name it too, the edits that were replaced, and whatever was changed or may mean
    something else; `decisions` are all of what was mended or chosen. `changed` tells of the draft
    and its timeline.
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
    dropped: tuple[dict, ...]
    decisions: tuple[Decision, ...]


def import_chapter(
    text: str,
    *,
    edition_code: str,
    number: int,
    now: datetime,
    slug: str | None = None,
    dry_run: bool = False,
    file_name: str = "",
    sha256: str = "",
) -> ChapterImport:
    """Replace the draft of a chapter by a manuscript, all or nothing; a second run writes nothing.

    Text in other languages, and sections that keep their heading, keep their anchors. What was
    decided is kept with the chapter, beside name and digest of the file (by default the text's)
    and digests of what was written: text that was edited since is replaced, and named.
    Raises ManuscriptError or TableError, both with the line; nothing then stays written.
    """
    manuscript = parse(text)
    _check_number(manuscript, number)
    table = read_table(manuscript.table) if manuscript.table else None
    tiers = _tiers(manuscript)
    with transaction.atomic(), content_write():
        chapters = Chapter.objects.select_for_update(of=("self",))
        chapter = chapters.filter(edition__code=edition_code, number=number).first()
        before = draft_texts(chapter) if chapter else []
        chapter, changed = _store_chapter(chapter, manuscript, edition_code, slug)
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
        decisions = _decisions(manuscript, tiers, bindings, stored)
        changed |= stored.changed
        changed |= save_changed(
            chapter,
            lead_ja=body(manuscript.line, manuscript.lead, references),
            timeline=stored.timeline if table else chapter.timeline,
        )
        changed |= store_sections(chapter, manuscript, references)
        changed |= store_footnotes(chapter, manuscript, references)
        edits = _keep(
            chapter,
            before,
            is_changed=changed,
            now=now,
            file_name=file_name[-255:],
            sha256=sha256 or hashlib.sha256(text.encode()).hexdigest(),
            decisions=[decision.as_json() for decision in decisions],
        )
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
        warnings=(
            *edits,
            *(in_words(each) for each in warned(decisions)),
            *stored.warnings,
            *_ambiguities(manuscript, bindings),
        ),
        dropped=tuple({"line": each.line, "text": each.words} for each in dropped(decisions)),
        decisions=tuple(decisions),
    )


def in_words(decision: Decision) -> str:
    """Return what was decided, and in which line, for the editor."""
    words = sentence(decision).in_words(_)
    if not decision.line:
        return words
    return _("%(line)s行目: %(sentence)s") % {"line": decision.line, "sentence": words}


def _check_number(manuscript, number):
    if manuscript.number != number:
        raise refused(
            "number_differs",
            manuscript.line,
            str(manuscript.number),
            gettext_noop(
                "原稿は第%(found)s章ですが、指定は%(number)sです。どちらかを直してください。"
            ),
            found=manuscript.number,
            number=number,
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


def _store_chapter(chapter, manuscript, edition_code, slug):
    """Return the chapter, made if need be, and whether anything was written."""
    edition, is_new = Edition.objects.get_or_create(
        code=edition_code, defaults={"title_ja": edition_code}
    )
    if is_new:
        content_changed(Edition, Kind.CREATED, [edition.pk])
    number = manuscript.number
    slug = slug or (chapter.slug if chapter else _lent_slug(manuscript) or f"chapter-{number}")
    chapter = chapter or Chapter(edition=edition, number=number)
    if Chapter.objects.filter(edition=edition, slug=slug).exclude(pk=chapter.pk).exists():
        raise refused(
            "slug_taken",
            manuscript.line,
            slug,
            gettext_noop(
                "スラッグ %(slug)s はこの版の別の章が使っています。"
                "--slug で別のものを選んでください。"
            ),
            slug=slug,
        )
    if len(f"{edition_code}-{slug}") > _PREFIX_LIMIT:
        raise refused(
            "code_too_long",
            manuscript.line,
            f"{edition_code}-{slug}",
            gettext_noop("版とスラッグは合わせて%(limit)s字までです。短いものを選んでください。"),
            limit=_PREFIX_LIMIT,
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


def _keep(chapter, before, *, is_changed, now, file_name, **known):
    """Keep what an import read and wrote; return in sentences whose words it replaced."""
    after = draft_texts(chapter)
    kept = ManuscriptImport.objects.filter(chapter=chapter).first()
    known["digests"] = digests(after)
    if is_changed or kept is None or any(getattr(kept, name) != known[name] for name in known):
        edits = overwritten(before, after, kept.digests if kept else None)
        record = kept or ManuscriptImport(chapter=chapter)
        save_changed(record, file_name=file_name, imported_at=now, **known)
        return edits
    return []


def _decisions(manuscript, tiers, bindings, stored):
    """Return what reading, binding and storing decided, in the order of the file."""
    lines = {name.name: name.line for name in reversed(manuscript.bold_names)}
    found = [*manuscript.decisions, *stored.decisions]
    found += unread_headings(manuscript.table) + unread_words(manuscript.legend, tiers)
    found += [
        Decision("name.alias", lines[name], name, reference(match.record))
        for name, match in bindings.items()
        if match.record and is_alias(name, match.record)
    ]
    return sorted(found, key=lambda decision: decision.line)


def _ambiguities(manuscript, bindings):
    lines = {name.name: name.line for name in reversed(manuscript.bold_names)}
    return [
        _("%(line)s行目: 「%(name)s」は%(records)sのどれか分かりません。本文で選んでください。")
        % {"line": lines[name], "name": name, "records": "、".join(match.ambiguous)}
        for name, match in bindings.items()
        if match.ambiguous and not match.record
    ]
