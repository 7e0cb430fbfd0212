"""The pages of the site: what is asked for in an address, and what is shown."""
