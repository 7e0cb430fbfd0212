"""Search: one port, the analysis of six languages, and the embedded index behind the port."""
