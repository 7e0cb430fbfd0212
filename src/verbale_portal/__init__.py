"""The public site, desk, portal and API. No rule of the trade stands here."""

#: What `verbale --help` says of the command, which it does not import.
SERVE = "Show the registry as a site; --demo makes one to look at."
