"""The sheet of footnotes."""

from spreadsheets.registry import register
from spreadsheets.resources.cells import KeyCell
from spreadsheets.resources.resource import SheetResource

from .models import Chapter, Footnote


@register("footnotes")
class FootnoteResource(SheetResource):
    """A chapter is named by edition and slug, 2023/kokusai: Excel would make 2023/9 a date."""

    cell_widgets = {"chapter": KeyCell(Chapter, ["edition__code", "slug"])}

    class Meta:
        model = Footnote
        import_id_fields = ["chapter", "key"]
        fields = ["chapter", "key", "body_ja", "body_en"]
