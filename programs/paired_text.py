"""Text kept in two columns, one for each language."""

from django.utils.translation import get_language


class PairedText:
    """`name = PairedText("name")` reads name_en on English pages, else and without it name_ja."""

    def __init__(self, stem: str):
        self.stem = stem

    def __get__(self, instance, owner):
        if instance is None:
            return self
        english = getattr(instance, f"{self.stem}_en") if get_language() == "en" else ""
        return english or getattr(instance, f"{self.stem}_ja")
