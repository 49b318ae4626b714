from django.urls import path

from . import views

app_name = "timeline"
urlpatterns = [
    path("programs/timeline/", views.program_timeline, name="program-timeline"),
    path("programs/<slug:code>/row/", views.program_row, name="program-row"),
    path("events/", views.EventListView.as_view(), name="event-list"),
    path("events/<slug:code>/", views.EventDetailView.as_view(), name="event-detail"),
]
