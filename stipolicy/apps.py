import stat
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.db import connection
from django.utils.translation import gettext_lazy as _

from .private_files import is_a_file, others_rights


class SiteConfig(AppConfig):
    name = "stipolicy"
    verbose_name = _("サイト")

    def ready(self):
        checks.register(private_places)


def private_places(**_kwargs) -> list[checks.Warning]:
    """Warn of what others may read. Of the default place `prepare` takes care by itself."""
    folder = Path(settings.VAR_DIR)
    places = [] if settings.VAR_DIR_IS_OURS else [folder, folder / "secret_key"]
    database = connection.settings_dict
    if database["ENGINE"] == "django.db.backends.sqlite3" and is_a_file(database["NAME"]):
        file = Path(database["NAME"])
        places += [] if settings.VAR_DIR_IS_OURS and file.parent == folder else [file]
    return [_warning(place) for place in places if others_rights(place)]


def _warning(place: Path) -> checks.Warning:
    mode = f"{stat.S_IMODE(place.stat().st_mode):04o}"
    private = "700" if place.is_dir() else "600"
    return checks.Warning(
        f"{place} の権限は {mode} で、ほかの利用者も使えます。"
        f"サイトだけのものなら chmod {private} {place} を実行し、"
        "ほかと共用なら VAR_DIR か DATABASE_URL でサイトだけの場所を指定してください。\n"
        f"{place} has mode {mode}: others may use it. If it is this site's alone, run"
        f" chmod {private} {place}; if it is shared, give the site a place of its own by VAR_DIR or"
        " DATABASE_URL.",
        id="stipolicy.W001",
    )
