from .event import Event, EventName
from .timeline import Tier, TierScheme, Timeline, TimelineRow

__all__ = ["Event", "EventName", "Tier", "TierScheme", "Timeline", "TimelineRow"]
