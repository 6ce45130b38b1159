"""The one exception that the demo shows to its user."""


class DemoError(Exception):
    """Something outside the program is wrong; the text is one line for the user."""
