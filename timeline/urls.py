from django.urls import path

from . import views

app_name = "timeline"
urlpatterns = [
    path("programs/", views.ProgramListWithTierView.as_view(), name="program-list"),
    path("events/", views.EventListView.as_view(), name="event-list"),
    path("events/<slug:code>/", views.EventDetailView.as_view(), name="event-detail"),
]
