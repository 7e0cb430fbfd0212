"""Tools for text that know no documents."""
