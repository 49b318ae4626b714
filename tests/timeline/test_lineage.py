import itertools

import pytest
from django.template import Context, Template

from programs.models import Lineage, Program, ProgramName
from tests.cast import cast
from timeline.collecting.lineage import family

pytestmark = pytest.mark.django_db


def printed(program, listed=True):
    tag = "{% load appearance_tags %}{% program_lineage program has_list_below=below %}"
    return Template(tag).render(Context({"program": program, "below": not listed}))


def chain(length):
    programs = [
        Program.objects.create(code=f"p{n}", name_ja=f"施策{n}", start_fiscal_year=2000 + n)
        for n in range(length)
    ]
    for before, after in itertools.pairwise(programs):
        Lineage.objects.create(from_program=before, to_program=after, kind="renamed")
    return programs


def test_a_family_reaches_over_several_steps_in_both_directions():
    programs = chain(5)
    found = family(programs[2], this_year=2024)
    assert sorted(found.programs) == ["p0", "p1", "p2", "p3", "p4"]
    assert len(found.links) == 4
    assert [bar.code for bar in found.chart.bars] == ["p0", "p1", "p2", "p3", "p4"]


def test_a_family_ends_after_eight_steps():
    assert len(family(chain(12)[0], this_year=2024).programs) == 9


def test_a_programme_alone_under_one_name_is_not_drawn():
    assert not family(cast().iter, this_year=2024).is_shown
    assert "系統図" not in printed(Program.objects.get(code="iter"))


def test_a_programme_that_changed_its_name_is_drawn_over_its_names():
    iter_project = cast().iter
    ProgramName.objects.create(
        program=iter_project,
        kind="former",
        name="旧ITER",
        first_fiscal_year=2007,
        last_fiscal_year=2012,
    )
    (bar,) = family(iter_project, this_year=2024).bars
    assert [name.name for name in bar.names] == ["旧ITER", "ITER（国際熱核融合実験炉）計画等の実施"]
    assert "旧ITER" in printed(iter_project)


def test_the_figure_is_told_as_a_list_too():
    who = cast()
    html = printed(who.sicorp)
    assert html.count("<svg") == 1
    assert "2015（平成27）年度" in html
    assert f'href="/programs/{who.bilateral.code}/"' in html
    assert "<strong>戦略的国際共同研究プログラム</strong>" in html


def test_a_page_that_lists_its_own_links_gets_the_list_only_for_distant_ones():
    programs = chain(3)
    assert "lineage-list" not in printed(programs[1], listed=False)
    assert "lineage-list" in printed(programs[0], listed=False)


def test_words_are_escaped():
    who = cast()
    who.bilateral.name_ja = "<script>"
    who.bilateral.save()
    assert "<script>" not in printed(who.sicorp)


def test_queries_are_those_of_the_steps_and_not_of_the_programmes(django_assert_num_queries):
    hub = Program.objects.create(code="hub", name_ja="拠点", start_fiscal_year=2010)
    for n in range(3):
        part = Program.objects.create(code=f"part{n}", name_ja=f"部分{n}")
        Lineage.objects.create(from_program=part, to_program=hub, kind="part_of")
    with django_assert_num_queries(3):
        family(hub, this_year=2024)
    for n in range(3, 40):
        part = Program.objects.create(code=f"part{n}", name_ja=f"部分{n}")
        Lineage.objects.create(from_program=part, to_program=hub, kind="part_of")
    with django_assert_num_queries(3):
        family(hub, this_year=2024)
