"""How long a text of a record may be. Pure."""

MOST_CHARACTERS = 30_000
"""Of one field of prose: some twenty printed pages. Its reading stays well below a second."""
