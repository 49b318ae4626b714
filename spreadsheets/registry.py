"""Which Resource describes which sheet: what commands, buttons and downloads name sheets by."""

_resources = {}


def register(name):
    """Class decorator: make a Resource known under the sheet name that commands use."""

    def remember(resource_class):
        resource_class.sheet_name = name
        _resources[name] = resource_class
        return resource_class

    return remember


def get(name):
    """Return the Resource registered as `name`; KeyError when there is none."""
    return _resources[name]


def names():
    """Return the names of all sheets, in the order in which their apps registered them."""
    return list(_resources)
