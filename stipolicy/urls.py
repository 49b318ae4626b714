from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import views

site_patterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.favicon, name="favicon"),
]

urlpatterns = i18n_patterns(
    path("admin/", admin.site.urls),
    path("", include((site_patterns, "stipolicy"))),
    path("", include("chapters.urls")),
    path("", include("timeline.urls")),
    path("", include("programs.urls")),
    prefix_default_language=False,
)

handler400 = "stipolicy.views.bad_request"
