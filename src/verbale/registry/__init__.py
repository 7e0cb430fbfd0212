"""The register: entries, numbers and events, by acts that happen whole or not at all."""
