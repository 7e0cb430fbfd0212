"""The faces Verbale composes with, whole (no subset), under the SIL Open Font License 1.1.

Noto Serif for Latin and Cyrillic, Amiri for Arabic (its text can be copied out of a PDF), Noto
Serif SC for Chinese. ``faces.tsv`` names each file with its hash and where it comes from;
``licences/`` holds the licence of each family.
"""

from pathlib import Path

__all__ = ["folder"]


def folder() -> Path:
    """The folder that holds the ``.ttf`` files, and nothing else."""
    return Path(__file__).resolve().parent / "faces"
