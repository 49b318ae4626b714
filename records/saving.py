"""Saving a record only when a value changed, so that a second run writes nothing."""


def save_changed(instance, **values):
    """Set `values`; save if the record is new or one of them differs. Return whether it wrote.

    An unchanged record gets no history row.
    """
    is_new = instance._state.adding
    changed = [name for name in values if is_new or getattr(instance, name) != values[name]]
    for name in changed:
        setattr(instance, name, values[name])
    if is_new or changed:
        instance.save()
    return bool(is_new or changed)
