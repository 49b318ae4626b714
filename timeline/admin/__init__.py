from .records import EventAdmin, TimelineAdmin, TimelineRowAdmin

__all__ = ["EventAdmin", "TimelineAdmin", "TimelineRowAdmin"]
