"""Which Resource describes which sheet: what commands, buttons and downloads name sheets by."""

_resources = {}
_commands = {}


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


def register_command(name, title, model):
    """Make known what a command of its own imports: its title and the model it mostly writes."""
    _commands[name] = (title, model)


def commands():
    """Return the names of what only commands import."""
    return list(_commands)


def title(name):
    """Return what a sheet, or what a command imports, is called."""
    return _resources[name].get_display_name() if name in _resources else str(_commands[name][0])


def model_of(name):
    """Return the model that an import of this name writes."""
    return _resources[name]._meta.model if name in _resources else _commands[name][1]
