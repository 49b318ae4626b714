"""Words name one record, several, or none, whatever room asks."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Organization, Program, ProgramName
from programs.names import NameResolver, name_candidates, name_key
from timeline.models import Event, EventName

pytestmark = pytest.mark.django_db

LONG = "㍿" * 200  # 200 characters typed, 800 folded


@pytest.fixture
def records():
    """Two programmes that share the abbreviation IODP, one with it as a name, and an event."""
    drilling = Program.objects.create(
        code="drilling", name_ja="国際深海科学掘削計画", name_en="Ocean Drill", abbreviation="IODP"
    )
    ProgramName.objects.create(program=drilling, kind="former", name="統合国際深海掘削計画")
    Program.objects.create(code="discovery", name_ja="海洋発見計画", abbreviation="IODP")
    Program.objects.create(code="core", name_ja="コア", abbreviation="Ocean Drill")
    ice = Program.objects.create(code="ice", name_ja="氷床コア", name_en="Ice")
    ProgramName.objects.create(program=ice, kind="popular", name="国際深海科学掘削計画")
    ProgramName.objects.create(program=ice, kind="abbreviation", name="ICORE")
    Program.objects.create(code="icore", name_ja="別のコア", abbreviation="ICORE")
    summit = Event.objects.create(code="summit", name_ja="極地サミット", name_en="Polar Summit")
    EventName.objects.create(event=summit, name="極地首脳会合")


def named(words, queryset=None):
    queryset = Program.objects if queryset is None else queryset
    return [record.code for record in queryset.named([words]).get(words, [])]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("国際深海科学掘削計画", ["drilling"]),
        ("Ocean Drill", ["drilling"]),
        ("ＯＣＥＡＮ　ＤＲＩＬＬ", ["drilling"]),
        ("統合国際深海掘削計画", ["drilling"]),
        ("ICORE", ["icore"]),
        ("IODP", ["discovery", "drilling"]),
        ("知らない計画", []),
        ("", []),
        ("（）", []),
    ],
)
def test_own_names_go_before_other_names_and_those_before_abbreviations(records, words, codes):
    assert sorted(named(words)) == codes


def test_a_former_or_other_name_goes_before_an_abbreviation(records):
    Program.objects.filter(code="icore").update(code="x")
    assert named("ICORE") == ["ice"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("国際深海科学掘削計画（IODP）", ["drilling"]),
        ("国際深海科学掘削計画(ＩＯＤＰ)", ["drilling"]),
        ("「統合国際深海掘削計画」（IODP）", ["drilling"]),
        ("『国際深海科学掘削計画（IODP）』", ["drilling"]),
        ("IODP（海洋発見計画）", ["discovery"]),
        ("海の計画（IODP）", ["discovery", "drilling"]),
    ],
)
def test_a_bracket_is_a_short_form_or_tells_which_is_meant(records, words, codes):
    assert sorted(named(words)) == codes


@pytest.mark.parametrize(
    "words",
    [
        "・海洋発見計画",
        "○ 海洋発見計画",
        "●海洋発見計画※",
        "海洋発見計画＊",
        "海洋発見計画*1",
        "海洋発見計画※2",
        "海洋発見計画（注1）",
        "海洋発見計画(※)",
        "海洋発見計画¹",
        "①海洋発見計画",
        "（1）海洋発見計画",
        "2. 海洋発見計画",
        "海洋\n発見計画",
        "海洋発見計画\u3000",
        "・海洋発見計画(IODP)※",
    ],
)
def test_a_bullet_and_a_note_mark_are_no_part_of_a_name(records, words):
    assert named(words) == ["discovery"]


def test_a_name_with_a_mark_of_its_own_goes_before_the_one_without(records):
    Program.objects.create(code="star", name_ja="海洋発見計画※")
    assert named("海洋発見計画※") == ["star"]


def test_what_else_stands_beside_a_name_is_another_name(records):
    assert named("海洋発見計画費") == []
    assert named("新・海洋発見計画") == []


def test_a_whole_name_with_a_bracket_goes_before_its_parts(records):
    Program.objects.create(code="whole", name_ja="海洋発見計画（Ice）")
    assert named("海洋発見計画（Ice）") == ["whole"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("海洋発見計画（Ice）", ["discovery", "ice"]),
        ("海洋発見計画（氷床コア（Ice））", ["discovery", "ice"]),
        ("コア（統合国際深海掘削計画）", ["core", "drilling"]),
    ],
)
def test_a_bracket_that_contradicts_is_not_guessed_in_a_cell(records, words, codes):
    assert sorted(named(words)) == codes


@pytest.mark.parametrize(
    "words",
    [
        "海の新しい枠（海洋発見計画）",
        "海の計画（海洋発見計画（旧））",
        "海洋発見計画（新型枠）",
        "海洋発見計画（予算は概数）",
        "「新しい枠」（海洋発見計画）",
        "海洋発見計画（氷（氷床コア））の枠（海洋発見計画）",
    ],
)
def test_a_cell_with_a_part_that_nobody_bears_names_nobody(records, words):
    """A part of a programme is often printed "X（its whole）": its money is not the whole's."""
    assert len(named(words)) != 1


@pytest.mark.parametrize("pair", ["()", "（）", "「」", "『』"])
@pytest.mark.parametrize("depth", [400, 16_000])
def test_a_cell_of_brackets_names_nobody_and_is_no_error(records, pair, depth):
    words = pair[0] * depth + "海洋発見計画" + pair[1] * depth
    assert named(words) == []
    assert named("海洋発見計画" + words) == []
    assert len(list(name_candidates(words))) <= 16


def test_organisations_are_named_by_code_either_name_or_short_name():
    Organization.objects.create(
        code="jst", name_ja="科学技術振興機構", name_en="Japan Agency", short_name="Ｊ機構"
    )
    Organization.objects.create(code="other", name_ja="J機構", short_name="同名")
    Organization.objects.create(code="third", name_ja="第三", short_name="同名")
    words = ["科学技術振興機構", "japan agency", "JST", "科学技術振興機構（JST）", "J機構", "同名"]
    found = Organization.objects.named([*words, "無い機構"])
    assert {word: sorted(record.code for record in found[word]) for word in found} == {
        "科学技術振興機構": ["jst"],
        "japan agency": ["jst"],
        "JST": ["jst"],
        "科学技術振興機構（JST）": ["jst"],
        "J機構": ["other"],
        "同名": ["other", "third"],
    }


def test_events_go_through_the_same_code(records):
    assert named("Polar Summit（極地首脳会合）", Event.objects) == ["summit"]
    names = NameResolver(Program.objects.all(), Event.objects.all())
    assert names.find("極地首脳会合").record.code == "summit"
    Program.objects.create(code="polar", name_ja="極地計画", abbreviation="極地サミット")
    names = NameResolver(Program.objects.all(), Event.objects.all())
    assert names.find("極地サミット").record.code == "polar"
    assert names.first_alone(["極地サミット"], Event).record.code == "summit"


def test_prose_and_cells_name_several_by_their_references(records):
    match = NameResolver(Program.objects.all(), Event.objects.all()).find("IODP")
    assert (match.record, match.ambiguous) == (None, ("program:discovery", "program:drilling"))


def test_a_record_made_meanwhile_is_taken_in_without_a_query(records, django_assert_num_queries):
    names = NameResolver(Program.objects.all(), Event.objects.all())
    names.look_up(["新しい計画", "New"])
    made = Program.objects.create(code="new", name_ja="新しい計画", name_en="New")
    names.add(made)
    with django_assert_num_queries(0):
        assert (names.find("新しい計画").record, names.find("NEW").record) == (made, made)


def test_any_number_of_words_costs_the_same_queries_and_each_has_a_condition(records):
    counts = []
    for size in (1, 500):
        words = [f"海洋発見計画（{n}）" for n in range(size - 1)] + ["極地サミット"]
        names = NameResolver(Program.objects.all(), Event.objects.all())
        with CaptureQueriesContext(connection) as queries:
            names.look_up(words)
            assert sum(names.find(each).record is not None for each in words) == size
        assert all(" WHERE " in query["sql"] for query in queries)
        counts.append(len(queries))
    assert counts == [4, 4]


@pytest.mark.parametrize("queryset", [Program.objects, Event.objects, Organization.objects])
def test_names_are_looked_up_by_index(queryset):
    with CaptureQueriesContext(connection) as queries:
        list(queryset.bearing({"a", "b"}, by_code=True))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for query in queries:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                steps = [step for *_rest, step in cursor.fetchall() if step.startswith("SCAN")]
                assert {step.split()[1] for step in steps} == {"json_each"}
    assert all(" WHERE " in query["sql"] for query in queries)


def test_names_that_grow_when_folded_are_cut_in_the_index_and_told_apart():
    first = Program.objects.create(code="first", name_ja=LONG)
    Program.objects.create(code="second", name_ja=LONG[:-1] + "㍾")
    first.full_clean()
    assert len(name_key(LONG)) == 400
    assert named(LONG) == ["first"]
    ProgramName.objects.create(program=first, kind="popular", name="㍿" * 199)
    assert named("㍿" * 199) == ["first"]


def test_keys_follow_names_when_saved_and_in_bulk():
    Program.objects.bulk_create([Program(code="a", name_ja="甲 計画", abbreviation="ＫＯ")])
    assert Program.objects.get(name_ja_key="甲計画", abbreviation_key="ko", name_en_key="")
    program = Program.objects.get()
    program.name_en = "Plan A"
    program.save()
    assert Program.objects.get(name_en_key="plana")


def test_keys_are_no_part_of_the_history():
    fields = {
        field.name
        for model in (Program, Event, Organization, ProgramName)
        for field in model.history.model._meta.fields
    }
    assert not {name for name in fields if name.endswith("_key")}


@pytest.mark.parametrize(
    ("migration", "model"),
    [
        ("programs.migrations.0003_name_keys", Program),
        ("programs.migrations.0003_name_keys", Organization),
        ("timeline.migrations.0004_name_keys", Event),
    ],
)
def test_the_migration_fills_the_keys_of_records_that_stood_before(migration, model):
    model.objects.bulk_create(
        model(code=f"r{n}", name_ja=f"記録 {n}", name_en=f"Record {n}") for n in range(1_002)
    )
    model.objects.update(name_ja_key="", name_en_key="")
    # Not started: SQLite's refuses to be inside a transaction, and filling needs none of its own.
    editor = connection.SchemaEditorClass(connection)
    import_module(migration).fill_keys(apps, editor)
    keys = model.objects.filter(code__in=["r0", "r1001"]).order_by("pk")
    assert list(keys.values_list("name_ja_key", "name_en_key")) == [
        ("記録0", "record0"),
        ("記録1001", "record1001"),
    ]
    assert not model.objects.filter(name_ja_key="").exists()


def test_candidates_are_tried_from_the_whole_to_its_parts():
    assert list(name_candidates("甲 (乙 (丙))")) == ["甲 (乙 (丙))", "甲", "乙 (丙)", "乙", "丙"]
    assert list(name_candidates("「甲（乙）」")) == ["「甲（乙）」", "甲（乙）", "甲", "乙"]
    assert list(name_candidates("（甲）")) == ["（甲）", "甲"]
