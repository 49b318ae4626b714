from .records import ChapterAdmin, EditionAdmin, FootnoteAdmin, ReleaseAdmin, SectionAdmin

__all__ = ["ChapterAdmin", "EditionAdmin", "FootnoteAdmin", "ReleaseAdmin", "SectionAdmin"]
