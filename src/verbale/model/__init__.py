"""Frozen values. A value owns its grammar: ``parse()`` and ``str()`` stand side by side."""
