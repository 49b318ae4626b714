"""The two pages that the admin of a chapter has besides Django's own: preview and publish."""

from itertools import filterfalse
from operator import attrgetter

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.changes import content_write

from ..models import Release
from ..pages.chapter_page import draft_page
from ..releasing.drafts import render_draft
from ..releasing.problems import sentences
from ..releasing.publishing import CannotPublish, publish

is_serious = attrgetter("is_serious")


class PublishForm(forms.Form):
    change_note = forms.CharField(
        label=gettext_lazy("変更の説明"),
        max_length=Release._meta.get_field("change_note").max_length,
        help_text=gettext_lazy("読者が見る「変更の記録」に載ります（例 脚注12の出典を改めた）。"),
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
    )


class ChapterPages:
    """Mixin for the ModelAdmin of Chapter."""

    change_form_template = "admin/chapters/chapter/change_form.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/preview/",
                view(self.preview_view),
                name="chapters_chapter_preview",
            ),
            path(
                "<path:object_id>/publish/",
                view(self.publish_view),
                name="chapters_chapter_publish",
            ),
            *super().get_urls(),
        ]

    def has_publish_permission(self, request):
        return request.user.has_perm("chapters.add_release")

    def chapter_for(self, request, object_id):
        chapter = self.get_object(request, unquote(object_id))
        if chapter is None:
            raise Http404
        if not self.has_view_permission(request, chapter):
            raise PermissionDenied
        return chapter

    def preview_view(self, request, object_id):
        """The public page of the draft as last saved, for staff only and never cached."""
        chapter = self.chapter_for(request, object_id)
        page = draft_page(chapter, render_draft(chapter))
        return TemplateResponse(
            request,
            "chapters/chapter_detail.html",
            {"page": page},
            headers={"X-Robots-Tag": "noindex"},
        )

    def publish_view(self, request, object_id):
        chapter = self.chapter_for(request, object_id)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        form = PublishForm(request.POST or None)
        draft = None
        if form.is_valid():
            try:
                with transaction.atomic(), content_write(user_id=request.user.pk):
                    release, created = publish(
                        chapter, note=form.cleaned_data["change_note"], now=timezone.now()
                    )
            except CannotPublish as refusal:
                draft = refusal.draft
                form.add_error(None, _("公開できません。次を直してください。"))
            else:
                if created:
                    messages.success(request, _("「%s」を公開しました。") % release)
                else:
                    messages.info(
                        request,
                        _("最後の公開版「%s」から変更がないので、公開しませんでした。") % release,
                    )
                return redirect(reverse("admin:chapters_chapter_change", args=[chapter.pk]))
        draft = draft or render_draft(chapter)
        context = self.admin_site.each_context(request) | {
            "title": _("「%s」を公開する") % chapter,
            "opts": self.opts,
            "chapter": chapter,
            "original": chapter,
            "form": form,
            "serious": sentences(filter(is_serious, draft.problems), draft.document),
            "findings": sentences(filterfalse(is_serious, draft.problems), draft.document),
            "newest": chapter.releases.for_list().order_by("-number").first(),
        }
        return TemplateResponse(request, "admin/chapters/chapter/publish.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = (extra_context or {}) | {
            "has_publish_permission": self.has_publish_permission(request)
        }
        return super().changeform_view(request, object_id, form_url, context)
