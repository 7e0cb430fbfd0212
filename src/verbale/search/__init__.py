"""Search: one port and its adapters; they come with the site."""
