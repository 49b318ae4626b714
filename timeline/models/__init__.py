from .event import Event, EventName
from .timeline import Timeline, TimelineRow

__all__ = ["Event", "EventName", "Timeline", "TimelineRow"]
