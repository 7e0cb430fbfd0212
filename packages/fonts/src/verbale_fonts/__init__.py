"""The faces Verbale composes with, whole, under the SIL Open Font License 1.1.

Noto Serif for Latin and Cyrillic, Amiri for Arabic (its text can be copied out of a PDF), Noto
Serif SC for Chinese. For web pages there are subsets under other names (``web.tsv``), a script a
file. ``faces.tsv`` names each file with its hash and where it comes from;
``licences/`` holds the licence of each family.
"""

from pathlib import Path

__all__ = ["folder", "web_folder"]


def folder() -> Path:
    """The folder that holds the ``.ttf`` files, and nothing else."""
    return Path(__file__).resolve().parent / "faces"


def web_folder() -> Path:
    """The folder that holds the ``.woff2`` files of web pages, and nothing else."""
    return Path(__file__).resolve().parent / "web"
