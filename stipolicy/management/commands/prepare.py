from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from ... import preparation


class Command(BaseCommand):
    help = "Make the site ready to serve: database, static files, first content, first account."

    def handle(self, **options):
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

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()
