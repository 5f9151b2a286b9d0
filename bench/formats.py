"""Reading files: PDF as a multiple of PDFium's bare extraction; cores kept busy; memory over a thousand files.

`python -m bench.formats FOLDER`: a folder with PDF, DOCX and HTML, for example documents of one's own. With `--cores`
only the cores are measured, for example on a folder of scans, of which a thousand would take a day. For Linux.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import pypdfium2

from graph.originals import Originals
from ingest.read_pdf import read_pdf
from ingest.workers import Place, read_all

FILES = 1_000
ROUNDS = 5
CORES = os.cpu_count() or 1


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


@dataclass(frozen=True, slots=True)
class Cores:
    """What a run had of the cores: seconds it took, and cores it had on average.

    `wanted` are those that it had or waited for, which it would have had alone; `load` is what asked for one before.
    """

    took: float
    had: float
    wanted: float
    load: float


def cores(folder: Path) -> Cores:
    """Take a folder in with `vanban ingest`, into a home that is thrown away, and watch its processes."""
    load, begun, before = os.getloadavg()[0], time.perf_counter(), _children()
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-c", "from api.cli import main; main()", "ingest", str(folder)]
        at_home = os.environ | {"VANBAN_HOME": home}
        run = subprocess.Popen(command, env=at_home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        moments = [0]
        while run.poll() is None:
            moments.append(min(CORES, sum(map(runnable, below(run.pid)))))
            time.sleep(0.05)
    took = time.perf_counter() - begun
    return Cores(took, (_children() - before) / took, fmean(moments), load)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def runnable(pid: int) -> int:
    """How many threads of a process have a core or wait for one."""
    found = 0
    for stat in Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            found += stat.read_text().rpartition(") ")[2].startswith("R")
        except OSError:
            continue
    return found


def below(pid: int) -> Iterator[int]:
    """A process and those that it started."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            started = children.read_text().split()
        except OSError:
            continue
        for child in started:
            yield from below(int(child))


def memory(pids: Sequence[int]) -> float:
    """The megabytes that some processes hold together."""
    pages = 0
    for pid in pids:
        try:
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        except OSError:
            continue
    return pages * resource.getpagesize() / 1_000_000


def many(folder: Path) -> Iterator[tuple[int, float]]:
    """(files read, megabytes of all processes by then), at every tenth of a thousand files."""
    kinds = sorted(path for path in folder.iterdir() if path.is_file())
    with tempfile.TemporaryDirectory() as work:
        files = [str(Path(work, f"{at:04}{kinds[at % len(kinds)].suffix}")) for at in range(FILES)]
        for at, file in enumerate(files):
            shutil.copy(kinds[at % len(kinds)], file)
        place = Place(Originals(str(Path(work, "originals"))))
        for done, _ in enumerate(read_all(files, place), start=1):
            if done % (FILES // 10) == 0:
                yield done, memory(list(below(os.getpid())))


def main() -> int:
    """Measure and print; exit code 2 without a folder."""
    given = [one for one in sys.argv[1:] if one != "--cores"]
    if len(given) != 1 or not Path(given[0]).is_dir():
        print(__doc__, file=sys.stderr)
        return 2
    folder, whole = Path(given[0]), "--cores" not in sys.argv
    pdfs = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))] if whole else []
    if pdfs:
        print(f"reading {len(pdfs)} PDF: {ratio(pdfs):.2f} times PDFium's bare extraction")
    seen = cores(folder)
    print(
        f"taking it in: {seen.took:.1f} s, {seen.had:.2f} of {CORES} cores had, {seen.wanted:.2f} had or waited for;"
        f" load average before: {seen.load:.1f}"
    )
    for done, held in many(folder) if whole else ():
        print(f"{done:5} files, {held:6.0f} MB in all processes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
