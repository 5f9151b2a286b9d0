"""Reading files: PDF as a multiple of PDFium's bare extraction; memory and cores over a thousand files of a folder.

`python -m bench.formats FOLDER`: a folder with PDF, DOCX and HTML, for example documents of one's own.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2

from graph.originals import Originals
from ingest.read_pdf import read_pdf
from ingest.workers import Place, read_all

FILES = 1_000
ROUNDS = 5


def best(work: Callable[[], object]) -> float:
    """Seconds of this process in the quickest of some runs."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def bare(data: bytes) -> int:
    """What PDFium alone does to have the text of a PDF; the number of its characters."""
    count = 0
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as shown:
                count += len(shown.get_text_range())
    return count


def ratio(pdfs: Sequence[bytes]) -> float:
    """How many times the bare extraction of all of them the reading of them takes."""
    return best(lambda: [read_pdf(one, "bench") for one in pdfs]) / best(lambda: [bare(one) for one in pdfs])


def memory(pids: Sequence[int]) -> float:
    """The megabytes that some processes hold together."""
    pages = 0
    for pid in pids:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * resource.getpagesize() / 1_000_000


def seconds(pids: Sequence[int]) -> float:
    """The seconds of a core that some processes have had."""
    ticks = 0
    for pid in pids:
        try:
            ticks += sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def below(pid: int) -> Iterator[int]:
    """A process and those that it started."""
    yield pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    for child in children.read_text().split() if children.exists() else ():
        yield from below(int(child))


def many(folder: Path) -> Iterator[tuple[int, float, float]]:
    """(files read, megabytes and core seconds of all processes by then), at every tenth of a thousand files."""
    kinds = sorted(path for path in folder.iterdir() if path.is_file())
    with tempfile.TemporaryDirectory() as work:
        files = [str(Path(work, f"{at:04}{kinds[at % len(kinds)].suffix}")) for at in range(FILES)]
        for at, file in enumerate(files):
            shutil.copy(kinds[at % len(kinds)], file)
        place = Place(Originals(str(Path(work, "originals"))))
        for done, _ in enumerate(read_all(files, place), start=1):
            if done % (FILES // 10) == 0:
                all_ = list(below(os.getpid()))
                yield done, memory(all_), seconds(all_)


def main() -> int:
    """Measure and print; exit code 2 without a folder."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    pdfs = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    if pdfs:
        print(f"reading {len(pdfs)} PDF: {ratio(pdfs):.2f} times PDFium's bare extraction")
    begun, first = time.perf_counter(), seconds([os.getpid()])
    for done, held, used in many(folder):
        busy = (used - first) / (time.perf_counter() - begun)
        print(f"{done:5} files, {held:6.0f} MB in all processes, {busy:.2f} of {os.cpu_count()} cores busy")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
