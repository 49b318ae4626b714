from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from records.commands import StoringCommand

from ... import preparation
from ...preparation_lock import database_lock, folder_lock
from ...private_files import make_private


class Command(StoringCommand):
    help = "Make the site ready to serve: database, static files, first content, first account."

    def handle(self, **options):
        if settings.VAR_DIR_IS_OURS:
            make_private(settings.VAR_DIR)
        with (
            folder_lock(before_waiting=self.say_that_it_waits),
            database_lock(before_waiting=self.say_that_it_waits),
        ):
            self.prepare()

    def prepare(self):
        if preparation.migrations_are_missing():
            self.say("データベースを用意しています / migrating the database …")
            call_command("migrate", interactive=False, verbosity=0)
        self.say("静的ファイルを確かめています / checking static files …")
        if preparation.collect_static_if_changed():
            self.say("静的ファイルを集めました / collected static files")
        if preparation.database_is_empty():
            self.say("最初の内容を読み込み、公開しています / loading and publishing fixtures …")
            preparation.load_first_content(now=timezone.now())
        password = preparation.create_first_admin()
        if password:
            self.say(
                "\n最初の管理者を作りました。このパスワードは二度と表示されません。\n"
                "The first administrator; this password is shown only once.\n"
                f"    {preparation.FIRST_ADMIN} / {password}    (/admin/)\n"
            )

    def say_that_it_waits(self):
        self.say("別の準備が終わるのを待っています / waiting for another preparation to end …")

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()

    def words_of(self, fault):
        """In both languages, as all that this command says; a step that was done stays done."""
        said = []
        for language in ("ja", "en"):
            with override(language):
                said.append(fault.in_words(_("済んだ段階は残り、次はその続きから進みます。")))
        return "\n".join(said)
