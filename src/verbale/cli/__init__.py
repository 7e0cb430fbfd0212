"""The command line: arguments in, text and exit code out. Everything else is `workflow`'s."""
