from django.urls import path

from . import views

app_name = "chapters"
urlpatterns = [
    path("chapters/<slug:edition>/<slug:slug>/", views.chapter_detail, name="chapter-detail"),
    path(
        "chapters/<slug:edition>/<slug:slug>/timeline/",
        views.timeline_detail,
        name="chapter-timeline",
    ),
    path(
        "chapters/<slug:edition>/<slug:slug>/v<int:number>/",
        views.release_detail,
        name="release-detail",
    ),
]
