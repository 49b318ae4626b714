import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils.html import escape

from chapters.models import Release
from tests.admin_forms import form_data
from tests.cast import cast

pytestmark = pytest.mark.django_db


def page_of(chapter, page):
    return reverse(f"admin:chapters_chapter_{page}", args=[chapter.pk])


def staff(client, *permissions):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)


def test_change_page_leads_to_preview_and_publish(admin_client):
    who = cast()
    html = admin_client.get(page_of(who.chapter, "change")).content.decode()
    assert f'href="{page_of(who.chapter, "preview")}"' in html
    assert f'href="{page_of(who.chapter, "publish")}"' in html
    assert "[](program:satreps" in html


def test_preview_shows_the_draft_and_is_not_stored(admin_client):
    who = cast()
    response = admin_client.get(page_of(who.chapter, "preview"))
    assert "この章は国際活動を扱う。" in response.content.decode()
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    assert not Release.objects.exists()


def test_preview_needs_the_right_to_view(client):
    who = cast()
    staff(client, "view_program", "add_release")
    assert client.get(page_of(who.chapter, "preview")).status_code == 403
    assert client.get(page_of(who.chapter, "publish")).status_code == 403


def test_preview_asks_a_stranger_to_sign_in(client):
    who = cast()
    assert client.get(page_of(who.chapter, "preview")).status_code == 302


@pytest.mark.parametrize("page", ["preview", "publish"])
def test_a_chapter_that_is_not_there_is_404(admin_client, page):
    assert admin_client.get(reverse(f"admin:chapters_chapter_{page}", args=[99])).status_code == 404


def test_a_reader_sees_the_preview_but_cannot_publish(client):
    who = cast()
    staff(client, "view_chapter")
    assert client.get(page_of(who.chapter, "preview")).status_code == 200
    html = client.get(page_of(who.chapter, "change")).content.decode()
    assert page_of(who.chapter, "publish") not in html
    assert client.get(page_of(who.chapter, "publish")).status_code == 403
    assert client.post(page_of(who.chapter, "publish"), {"change_note": "x"}).status_code == 403


def test_publishing_makes_a_release_with_its_note(admin_client):
    who = cast()
    form = admin_client.get(page_of(who.chapter, "publish")).content.decode()
    assert "この章はまだ公開していません。" in form
    response = admin_client.post(
        page_of(who.chapter, "publish"), {"change_note": "初版を公開した。"}, follow=True
    )
    release = Release.objects.get()
    assert (release.number, release.change_note) == (1, "初版を公開した。")
    assert "「9 国際活動 v1」を公開しました。" in response.content.decode()


def test_an_unchanged_draft_is_not_published_twice(admin_client):
    who = cast()
    for note in ("初版", "同じもの"):
        response = admin_client.post(
            page_of(who.chapter, "publish"), {"change_note": note}, follow=True
        )
    assert Release.objects.count() == 1
    assert "から変更がないので、公開しませんでした。" in response.content.decode()


def test_publishing_asks_for_a_note(admin_client):
    who = cast()
    admin_client.post(page_of(who.chapter, "publish"), {"change_note": ""})
    assert not Release.objects.exists()


def test_a_draft_with_a_missing_footnote_is_not_published(admin_client):
    who = cast()
    who.chapter.footnotes.get(key="g20").delete()
    response = admin_client.post(page_of(who.chapter, "publish"), {"change_note": "初版"})
    assert "脚注 [^g20] がありません。" in response.content.decode()
    assert not Release.objects.exists()


def test_an_unused_footnote_is_said_before_publishing(admin_client):
    who = cast()
    who.chapter.footnotes.create(key="spare", body_ja="使わない。")
    html = admin_client.get(page_of(who.chapter, "publish")).content.decode()
    assert "脚注 [^spare] は本文で使われていません。" in html


def test_two_sections_change_places_in_one_save(admin_client):
    who = cast()
    page = page_of(who.chapter, "change")
    data = form_data(admin_client.get(page))
    data |= {"sections-0-position": "2", "sections-1-position": "1"}
    assert admin_client.post(page, data).status_code == 302
    assert list(who.chapter.sections.values_list("position", "anchor")) == [
        (1, "meetings"),
        (2, "joint-research"),
    ]


def test_a_chapter_saved_as_it_is_does_not_change(admin_client):
    who = cast()
    page = page_of(who.chapter, "change")
    before = list(who.chapter.sections.values()), list(who.chapter.footnotes.values())
    assert admin_client.post(page, form_data(admin_client.get(page))).status_code == 302
    after = list(who.chapter.sections.values()), list(who.chapter.footnotes.values())
    assert after == before


@pytest.mark.parametrize("page", ["add", "change", "delete"])
def test_a_release_cannot_be_changed(admin_client, page):
    who = cast()
    admin_client.post(page_of(who.chapter, "publish"), {"change_note": "初版"})
    release = Release.objects.get()
    args = [] if page == "add" else [release.pk]
    url = reverse(f"admin:chapters_release_{page}", args=args)
    response = admin_client.post(url, {"change_note": "別の説明", "post": "yes"})
    assert response.status_code == 403
    release.refresh_from_db()
    assert release.change_note == "初版"


def test_a_release_shows_where_it_names_records(admin_client):
    who = cast()
    admin_client.post(page_of(who.chapter, "publish"), {"change_note": "初版"})
    release = Release.objects.get()
    url = reverse("admin:chapters_release_change", args=[release.pk])
    html = admin_client.get(url).content.decode()
    assert "G20大阪サミット" in html
    assert 'name="change_note"' not in html


def test_a_list_costs_the_same_for_one_row_and_for_thirty(
    admin_client, django_assert_max_num_queries
):
    who = cast()
    page = reverse("admin:chapters_footnote_changelist")
    with django_assert_max_num_queries(100) as few:
        admin_client.get(page)
    for number in range(30):
        who.chapter.footnotes.create(key=f"n{number}", body_ja="注")
    with django_assert_max_num_queries(len(few)):
        admin_client.get(page)


def test_what_stops_publishing_stands_apart_from_what_is_to_be_looked_at(admin_client):
    chapter = cast().chapter
    chapter.lead_ja = "事実[^none]と<b>。"
    chapter.save()
    address = f"/admin/chapters/chapter/{chapter.pk}/publish/"
    for page in (admin_client.get(address), admin_client.post(address, {"change_note": "説明"})):
        (serious,), (finding,) = page.context["serious"], page.context["findings"]
        assert "脚注 [^none] がありません。" in serious
        assert "「<b>」は書かれたまま表示します。" in finding
        assert escape(finding) in page.content.decode()


def test_a_page_of_the_past_of_no_record_is_not_found(admin_client):
    for name in ("abc", "1.5"):
        address = f"/admin/chapters/section/{name}/history/1/"
        assert admin_client.get(address).status_code == 404
        assert admin_client.post(address).status_code == 404
