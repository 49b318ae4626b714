from django.urls import path

from .pages import figure_views, views

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
    path(
        "chapters/<slug:edition>/<slug:slug>/timeline.<slug:extension>",
        figure_views.current_figure,
        name="chapter-figure",
    ),
    path(
        "chapters/<slug:edition>/<slug:slug>/v<int:number>/timeline.<slug:extension>",
        figure_views.release_figure,
        name="release-figure",
    ),
]
