"""The public site, desk, portal and API. No rule of the trade stands here."""
