"""One file per family of citations; each offers ``FAMILY``. Its data stand in tables."""
