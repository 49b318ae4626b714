import pytest
from django.core.management import CommandError, call_command

from chapters.models import Release
from tests.cast import cast

pytestmark = pytest.mark.django_db


def run(capsys, *arguments):
    call_command("publish_chapter", *arguments)
    return capsys.readouterr().out


def test_the_command_publishes_and_says_where(capsys):
    cast()
    printed = run(capsys, "2023/kokusai", "--note", "初版")
    assert printed == "公開しました: /chapters/2023/kokusai/v1/\n"
    assert Release.objects.get().change_note == "初版"


def test_the_command_run_twice_says_that_nothing_changed(capsys):
    cast()
    run(capsys, "2023/kokusai", "--note", "初版")
    printed = run(capsys, "2023/kokusai", "--note", "再")
    assert printed == "変更がないので公開しません: /chapters/2023/kokusai/v1/\n"
    assert Release.objects.count() == 1


@pytest.mark.parametrize("chapter", ["2023/none", "2022/kokusai", "kokusai", "2023/kokusai/"])
def test_a_chapter_that_is_not_there_is_refused_by_name(chapter):
    cast()
    with pytest.raises(CommandError, match=f"章「{chapter}」はありません。"):
        call_command("publish_chapter", chapter, "--note", "初版")


def test_a_draft_with_faults_is_refused_with_their_places():
    cast().chapter.footnotes.filter(key="g20").delete()
    with pytest.raises(CommandError) as refusal:
        call_command("publish_chapter", "2023/kokusai", "--note", "初版")
    assert str(refusal.value) == (
        "公開できません。次を直してください。\n"
        "節「国際会議」の段落「G20大阪サミットが開かれた[^g20]。」: "
        "脚注 [^g20] がありません。その脚注を加えるか、印を消してください。"
    )
    assert refusal.value.returncode == 1
    assert not Release.objects.exists()


@pytest.mark.parametrize("note", ["", " ", "長" * 301])
def test_a_note_is_needed_and_fits_its_column(note):
    cast()
    with pytest.raises(CommandError, match="--note"):
        call_command("publish_chapter", "2023/kokusai", "--note", note)
    assert not Release.objects.exists()
