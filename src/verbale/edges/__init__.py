"""Adapters: other programs, disks, clocks and the formats of other trades."""
