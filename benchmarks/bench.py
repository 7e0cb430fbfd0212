"""Speed, measured against named peers in one run: `make bench`.

Prints a table and, with ``--accept``, writes it to ``benchmarks/bench.json``. Times are
medians; a peer that is not there is left out with its reason. Machines are noisy: read ratios.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2

from verbale import catalogue, institutions
from verbale.citations.resolve import find_citations
from verbale.compose import compose
from verbale.edges.typeset import Typesetter
from verbale.model.document import Stamp
from verbale.model.symbol import Symbol
from verbale.workflow import reading
from verbale.writers.base import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.institutions import Institution
    from verbale.model.recognition import Recognition

Row = tuple[str, str, str]
ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "bench.json"
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"
FORMATS = ("pdf", "html", "txt", "json")


def corpus() -> Path:
    return Path(os.environ.get("VERBALE_CORPUS", ROOT.parent / "shared" / "corpus"))


def source() -> tuple[Path, str]:
    """The document the figures are measured on: the real example, else the Lakes one."""
    found = sorted(corpus().glob("seed/*.txt"))
    return (found[0], "un") if found else (EXAMPLE, "lakes")


def cold(*command: str, times: int = 9) -> float:
    """Wall seconds of a command in a new process, the median."""
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - ours
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def cpu(work: Callable[[], Any], times: int = 7) -> float:
    """CPU seconds of a call in this process, warm, the median."""
    work()
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def child_cpu(command: list[str], times: int = 3) -> float:
    """CPU seconds of a child process with its children, the median."""
    taken = []
    for _ in range(times + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a peer's
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken[1:])


def rows() -> list[Row]:
    """What was measured: name, figure, target."""
    path, name = source()
    verbale = str(Path(sys.executable).parent / "verbale")
    rules = institutions.load(name)
    data = path.read_bytes()
    table = [
        ("verbale --help, cold", f"{cold(verbale, '--help') * 1000:.0f} ms", "under 150 ms"),
        (
            f"verbale recognise {path.suffix}, cold",
            f"{cold(verbale, 'recognise', str(path), '-i', name) * 1000:.0f} ms",
            "under 400 ms",
        ),
    ]
    seconds = cpu(lambda: reading.recognise_file(data, name=path.name, institution=rules), 15)
    table.append(("read and recognise, in process", f"{1 / seconds:.0f}/s", "at least 200/s"))
    found = reading.recognise_file(data, name=path.name, institution=rules)
    table += reading_pdf()
    table += citing()
    typesetter = Typesetter()
    table += composing(found, rules, typesetter)
    return table


def reading_pdf() -> list[Row]:
    """Real PDFs in process, beside pdftotext, which gives lines and no more, on the same."""
    files = sorted((corpus() / "un-docx-pdf-pairs").glob("*.pdf"))
    if not files:
        return [("PDF read", "left out: no corpus", "")]
    read = catalogue.reader("pdf").read
    pdfs = [path.read_bytes() for path in files]
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in pdfs)
    ours = cpu(lambda: [read(data, name="x.pdf") for data in pdfs], 3)
    table = [("PDF read, in process", f"{pages / ours:.0f} pages/s CPU", "at least 30")]
    program = shutil.which("pdftotext")
    if program is None:
        return [*table, ("pdftotext", "left out: not installed (make system)", "")]
    theirs = sum(child_cpu([program, str(path), os.devnull]) for path in files)
    figure = f"{pages / theirs:.0f} pages/s CPU = {ours / theirs:.1f} x as fast"
    return [*table, ("lines alone by pdftotext, a process", figure, "")]


def citing() -> list[Row]:
    """Citations on English text, plain and dense, beside eyecite on the same."""
    gold = corpus() / "citation-gold"
    if not gold.is_dir():
        return [("citations", "left out: no corpus", "")]
    rows = [json.loads(line) for line in (gold / "paragraphs_en.jsonl").open("rb")]
    dense = "\n".join(row["text"] for row in rows)
    plain = "\n".join(row["text"] for row in rows if not row["cites"]) or dense
    table = []
    for name, text, target in (
        ("plain prose", plain, "5 MB/s"),
        ("dense text", dense, "2 MB/s"),
    ):
        whole = (text + "\n") * max(1, 1_000_000 // len(text))
        size = len(whole.encode()) / 1e6
        ours = cpu(lambda whole=whole: sum(1 for _ in find_citations(whole, "en")), 3)
        table.append((f"citations, {name}", f"{size / ours:.1f} MB/s", target))
    try:
        import eyecite  # noqa: PLC0415 - a peer, installed by `make bench`
    except ImportError as missing:
        return [*table, ("eyecite", f"left out: {missing}", "")]
    part = dense[:200_000]
    theirs = len(part.encode()) / 1e6 / cpu(lambda: eyecite.get_citations(part), 1)
    return [*table, ("eyecite on the dense text, for speed only", f"{theirs:.2f} MB/s", "")]


def composing(found: Recognition, rules: Institution, typesetter: Typesetter) -> list[Row]:
    """Six versions, and one page against the peers."""
    masthead = found.masthead
    moment = masthead.date if masthead else datetime.date(2026, 3, 16)
    number = iter(range(1, 10_000))

    def versions(formats: tuple[str, ...]) -> dict[str, bytes]:
        # New content each time: the typesetter remembers what it has set before.
        symbol = Symbol.parse(f"A/HRC/43/G/{next(number)}")
        done = compose(
            found, masthead, rules, symbols=(symbol,), stamps=(Stamp.SPECIMEN,), moment=moment
        )
        out = {}
        for version in done.versions:
            labels = done.labels[version.language.code]
            options = Options(moment=moment, labels=labels, typesetter=typesetter)
            for form in formats:
                written = catalogue.writer(form).write(version.document, options)
                out[f"{version.language}.{form}"] = written
        return out

    table = []
    six = cpu(lambda: versions(FORMATS))
    name = "six versions, PDF + HTML + text + JSON, warm"
    table.append((name, f"{six:.2f} s CPU", "under 1 s"))
    six = cpu(lambda: versions(("pdf", "docx", "html", "akn")))
    name = "six versions, PDF + DOCX + HTML + AKN, warm"
    table.append((name, f"{six:.2f} s CPU", "under 1.5 s"))
    pdf = cpu(lambda: versions(("pdf",))) / 6
    table.append(("one PDF, warm", f"{pdf * 1000:.0f} ms CPU", ""))
    made = versions(("html",))
    table += peers(made["es.html"], pdf)
    return table


def peers(html: bytes, pdf: float) -> list[Row]:
    """The same page by WeasyPrint (warm, in process) and LibreOffice (a process)."""
    table = []
    try:
        import weasyprint  # noqa: PLC0415 - a peer, installed by `make bench`
    except (ImportError, OSError) as missing:
        table.append(("PDF by WeasyPrint", f"left out: {missing}", ""))
    else:
        count = iter(range(1, 10_000))
        text = html.decode("utf-8")

        def page() -> bytes:
            new = text.replace("</title>", f" {next(count)}</title>", 1)
            return bytes(weasyprint.HTML(string=new).write_pdf())

        taken = cpu(page, 5)
        figure = f"{taken * 1000:.0f} ms CPU = {taken / pdf:.1f} x ours"
        table.append(("the same page by WeasyPrint, warm", figure, "at least 5 x"))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        reason = "left out: not installed (make system)"
        table.append(("PDF by LibreOffice", reason, "at least 20 x"))
        return table
    with tempfile.TemporaryDirectory() as made:
        page_file = Path(made) / "page.html"
        page_file.write_bytes(html)
        command = [
            office, f"-env:UserInstallation=file://{made}/profile", "--headless",
            "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", made, str(page_file),
        ]  # fmt: skip
        taken = child_cpu(command)
    figure = f"{taken * 1000:.0f} ms CPU = {taken / pdf:.0f} x ours"
    table.append(("the same page by LibreOffice, a process", figure, "at least 20 x"))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help="write benchmarks/bench.json")
    arguments = parser.parse_args()
    table = rows()
    width = max(len(name) for name, _, _ in table)
    for name, figure, target in table:
        print(f"{name:<{width}}  {figure:<34}  {target}")
    if arguments.accept:
        found = {name: {"figure": figure, "target": target} for name, figure, target in table}
        RESULTS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
