from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from records.commands import StoringCommand

from ...models import Chapter, Release
from ...releasing.publishing import CannotPublish, publish


class Command(StoringCommand):
    help = "Publish the draft of a chapter: publish_chapter 2023/kokusai --note TEXT"

    def add_arguments(self, parser):
        parser.add_argument("chapter", metavar="EDITION/SLUG")
        parser.add_argument("--note", required=True)

    def handle(self, *, chapter, note, **options):
        try:
            note = Release._meta.get_field("change_note").clean(note.strip(), None)
        except ValidationError as error:
            raise CommandError(f"--note: {' '.join(error.messages)}", returncode=2) from error
        edition, _slash, slug = chapter.partition("/")
        found = Chapter.objects.filter(edition__code=edition, slug=slug).first()
        if found is None:
            raise CommandError(
                _("章「%(chapter)s」はありません。「版/スラッグ」の形で指定してください。")
                % {"chapter": chapter}
            )
        try:
            release, created = publish(found, note=note, now=timezone.now())
        except CannotPublish as error:
            raise CommandError(f"{_('公開できません。次を直してください。')}\n{error}") from error
        done, same = _("公開しました: %(url)s"), _("変更がないので公開しません: %(url)s")
        self.stdout.write((done if created else same) % {"url": release.get_absolute_url()})
