"""What was added after a signature of somebody else: whether it changes what was signed.

A document of ours has nothing after its signature. Others' files have: a second signature, a
form filled in, what keeps a signature checkable for long. Which of it is harmless, pyHanko
knows (its difference analysis, after ISO 32000-2, 12.8.2.2).
"""

from __future__ import annotations

import io
import logging

#: A larger file is not analysed: what was added is then taken to change it.
_BIGGEST = 50_000_000


def is_harmless(data: bytes) -> bool:
    """Whether every addition after each signature leaves what was signed as it was.

    Never raises; what cannot be analysed is not harmless.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - 0.4 s
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    if len(data) > _BIGGEST:
        return False
    quiet = logging.getLogger("pyhanko")
    level, quiet.level = quiet.level, logging.CRITICAL
    try:
        found = PdfFileReader(io.BytesIO(data)).embedded_signatures
        context = ValidationContext(trust_roots=[], allow_fetching=False)
        states = [validate_pdf_signature(each, context) for each in found]
        return bool(states) and all(
            state.modification_level is not None
            and state.modification_level <= ModificationLevel.FORM_FILLING
            for state in states
        )
    except Exception:  # noqa: BLE001 - a hostile file makes a parser fail in any way there is
        return False
    finally:
        quiet.level = level
