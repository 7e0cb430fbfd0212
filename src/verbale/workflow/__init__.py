"""The use cases: read, check, register, write. No I/O of their own.

The store, the objects, the typesetter and the clock are arguments; files come as bytes.
"""

from __future__ import annotations

from verbale.workflow.circulating import Circulation, Order, circulate, out_files
from verbale.workflow.reading import check, convert, read, recognise_file
from verbale.workflow.shapes import finding_shape, recognition_shape

__all__ = [
    "Circulation",
    "Order",
    "check",
    "circulate",
    "convert",
    "finding_shape",
    "out_files",
    "read",
    "recognise_file",
    "recognition_shape",
]
