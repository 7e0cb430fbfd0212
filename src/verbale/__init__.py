"""Verbale turns a communication into an official document, and lets anyone prove it is one.

Importing this package loads the standard library only; ``from verbale import api`` is the
library's door.
"""

__version__ = "0.1.0"
