"""The first content: every programme is found by the name it has."""

from programs.models import Program
from spreadsheets.resources.record_finder import RecordFinder


def test_every_programme_of_the_first_content_is_found_by_its_own_name(chapter_nine):
    finder = RecordFinder(Program, ("code",))
    names = dict(Program.objects.values_list("code", "name_ja"))
    finder.preload(names.values())
    assert {code: finder.find(name).code for code, name in names.items()} == {
        code: code for code in names
    }
