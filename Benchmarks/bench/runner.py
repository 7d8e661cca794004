"""Asks every system every question, compares the answers, and only then looks at the times."""
import os
import tempfile
from dataclasses import asdict, dataclass

from . import measure, session
from .data import folder
from .peers import clingo, cozo, duckdb, souffle, swi_prolog, tiltas
from .work import SIZES, Session

PEERS = (duckdb, cozo, clingo, swi_prolog, souffle)
TOO_LONG = {True: 10, False: 0.5}
"""A system that took so many seconds is not asked the same of more data: those that can use threads, and the others."""


@dataclass
class Entry:
    """What one system took for one work."""

    work: str
    size: str
    data: str
    system: str
    threads: int
    seconds: float
    mebibytes: float
    answer: str
    stopped: str
    bytes: int


class Runner:
    def __init__(self, runs):
        self.runs = runs
        self.peers = [peer for peer in PEERS if peer.version()]
        self.kept, self.slow = {}, {}

    def entries(self, work, size):
        """All figures of a work at one size: ours and each peer's, with one thread and at middle size with two."""
        data = work.data[SIZES.index(size)]
        path = self.path(data)
        ours = None
        for system in [tiltas, *self.asked(work, size)]:
            found = self.figures(system, work, data, path, 1)
            ours = ours or found
            yield self.entry(work, size, data, system, 1, compared(ours, found))
            if size == "middle" and system.THREADS and (work.name, system.NAME) not in self.slow:
                yield self.entry(work, size, data, system, 2, compared(ours, self.figures(system, work, data, path, 2)))

    def asked(self, work, size):
        """The peers that have a text for the work; the large size is for those alone that can use threads."""
        return [peer for peer in self.peers if peer.asks(work) and (size != "large" or peer.THREADS)]

    def figures(self, system, work, data, path, threads):
        """What a system takes, unless it took too long for less data."""
        slow = self.slow.get((work.name, system.NAME))
        if slow:
            return measure.Result(stopped=slow)
        found = self.ask_once(system, work, data, path, threads)
        if found.stopped or found.seconds > TOO_LONG[system.THREADS]:
            reason = found.stopped or f"{found.seconds:.1f} s"
            self.slow[work.name, system.NAME] = f"not asked: {reason} for the smaller size"
        return found

    def ask_once(self, system, work, data, path, threads):
        """Several forms of a question in our language are one question to a peer, which is asked it once."""
        if system is tiltas:
            return self.ask(tiltas, work, path, threads, self.runs)
        key = (system.NAME, str(system.asks(work)), data.name, threads, work.snapshot)
        if key not in self.kept:
            self.kept[key] = self.ask(system, work, path, threads, min(self.runs, 3))
        return self.kept[key]

    def ask(self, system, work, path, threads, runs):
        with tempfile.TemporaryDirectory() as place:
            if isinstance(work, Session):
                return session.measure(*system.session(work, path, place, threads))
            result = measure.often(system.command(work, path, place, threads), runs)
        if hasattr(system, "answered"):
            result.answer = system.answered(result.answer)
        return result

    def entry(self, work, size, data, system, threads, result):
        figures = asdict(result)
        figures["answer"] = shown(result.answer)
        return Entry(work.name, size, data.words, system.NAME, threads, bytes=size_of(self.path(data)), **figures)

    def path(self, data):
        return folder(data.name, data.fill)


def compared(ours, found):
    """The figures, or that the answer is another one: then the time is worth nothing."""
    if ours.stopped or found.stopped or sorted(ours.answer.split("\n")) == sorted(found.answer.split("\n")):
        return found
    return measure.Result(stopped=f"another answer: {shown(found.answer)} and not {shown(ours.answer)}")


def size_of(path):
    """The bytes of the generated files, without those that were made of them."""
    return sum(os.path.getsize(os.path.join(path, name)) for name in os.listdir(path) if not name.endswith(".pl"))


def shown(answer):
    """A short answer as it is, a long one by the number of its rows."""
    lines = answer.strip().splitlines()
    if len(lines) > 1:
        return f"{len(lines)} rows"
    return lines[0].replace("\t", " ") if lines else "no rows"
