"""Saving a record only when a value changed, so that a second run writes nothing."""


def save_changed(instance, **values):
    """Set `values`; save if the record is new or one of them differs. Return whether it wrote.

    An unchanged record gets no history row.
    """
    changed = [name for name, value in values.items() if getattr(instance, name) != value]
    for name in changed:
        setattr(instance, name, values[name])
    if not changed and not instance._state.adding:
        return False
    instance.save()
    return True
