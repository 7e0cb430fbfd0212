"""Make the faces of web pages from those of ``packages/fonts``: WOFF2, one script a file.

    python tools/build_web_fonts.py     needs fonttools and brotli (requirements/bench.lock)

``web.tsv`` names each file, the face it is made of and the characters it has. Features for
shaping and joining stay; hinting goes. The faces are renamed: a subset is not the face itself.
The same faces give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent.parent / "packages" / "fonts" / "src" / "verbale_fonts"
FAMILY, SUBFAMILY, UNIQUE, FULL, POSTSCRIPT, TYPOGRAPHIC = 1, 2, 3, 4, 6, 16


def rows() -> list[list[str]]:
    """The rows of ``web.tsv``, without its comments and its heading."""
    lines = (HERE / "web.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def make(name: str, face: str, unicodes: str, family: str) -> int:
    """Write one file and give its size in bytes."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = [*options.layout_features, "smcp", "c2sc"]
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    font = TTFont(HERE / "faces" / face, recalcTimestamp=False)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=subset.parse_unicodes(unicodes))
    chosen.subset(font)
    for record in font["name"].names:
        if record.nameID in {FAMILY, TYPOGRAPHIC}:
            record.string = family
        elif record.nameID in {UNIQUE, FULL}:
            record.string = f"{family} {face.partition('-')[2].removesuffix('.ttf')}"
        elif record.nameID == POSTSCRIPT:
            record.string = family.replace(" ", "") + "-" + Path(name).stem
    path = HERE / "web" / name
    path.parent.mkdir(exist_ok=True)
    subset.save_font(font, path, options)
    return path.stat().st_size


def main() -> int:
    """Make every file of the table."""
    for name, face, unicodes, family in rows():
        print(f"{name}: {make(name, face, unicodes, family):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
