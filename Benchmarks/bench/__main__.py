"""Measures Tiltas beside other systems and writes Benchmarks/RESULTS.md.

    python3 -m bench [--quick] [--only WORD] [--sizes small,middle,large]
"""
import argparse
import json
import os
import sys
import time

from . import figure, measure, results
from .peers import tiltas
from .places import BENCHMARKS, TILTAS
from .runner import Runner
from .work import SIZES, Data
from .works import closures, everyday, meeting, orders, patterns, pointers, reaching, rows, sessions

START = Data("start", "one fact", lambda folder: open(os.path.join(folder, "edge.facts"), "w").write("1\t2\n"))
QUICK_SECONDS = 5


def all_works():
    parts = (closures, reaching, pointers, patterns, meeting, orders, rows, everyday, sessions)
    return [work for part in parts for work in part.works()]


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small data and one run each; writes nothing")
    parser.add_argument("--only", default="", help="the works whose names or groups have this text; writes nothing")
    parser.add_argument("--sizes", default="", help="some of small,middle,large")
    parser.add_argument("--minutes", type=float, default=35, help="the time after which nothing new is begun")
    parser.add_argument("--output", default="", help="the folder to write RESULTS.md and results.svg to")
    return parser.parse_args()


def main():
    chosen = options()
    if not os.path.exists(TILTAS):
        sys.exit("there is no release build: run `make build` first")
    runs = 1 if chosen.quick else 5
    if chosen.quick:
        measure.SECONDS = QUICK_SECONDS
    sizes = chosen.sizes.split(",") if chosen.sizes else SIZES[:1] if chosen.quick else SIZES
    works = [work for work in all_works() if chosen.only in work.name or chosen.only in work.group]
    runner = Runner(runs)
    versions = [(peer.NAME, peer.version(), start(runner, peer)) for peer in [tiltas, *runner.peers]]
    folder = chosen.output or ("" if chosen.quick or chosen.only else BENCHMARKS)
    if folder:
        os.makedirs(folder, exist_ok=True)
    entries, began, left_out = [], time.monotonic(), []
    for size, work in [(size, work) for size in sizes for work in works if SIZES.index(size) < len(work.data)]:
        if time.monotonic() - began > chosen.minutes * 60:
            left_out.append(f"{work.name} ({size})")
            continue
        for entry in runner.entries(work, size):
            entries.append(entry)
            print(f"{time.monotonic() - began:7.1f}  {line(entry)}", flush=True)
    if folder:
        write(folder, entries, works, versions, runs, left_out)
    wrong = [entry for entry in entries if "another answer" in entry.stopped]
    if wrong:
        sys.exit(f"{len(wrong)} answers differ")


def write(folder, entries, works, versions, runs, left_out):
    """The page and its picture, and the figures for programs."""
    results.write(os.path.join(folder, "RESULTS.md"), entries, works, versions, runs, left_out)
    figure.draw(os.path.join(folder, "results.svg"), entries, [name for name, _, _ in versions])
    with open(os.path.join(folder, "results.json"), "w") as file:
        json.dump([vars(entry) for entry in entries], file, indent=1)


def line(entry):
    took = entry.stopped or f"{results.seconds(entry.seconds)} s  {entry.mebibytes:.0f} MiB  {entry.answer}"
    return f"{entry.work}  |  {entry.data}  |  {entry.system}, {entry.threads}  |  {took}"


def start(runner, system):
    """What the smallest question takes: how long the process needs to start."""
    work = next(work for work in closures.works() if system.asks(work))
    return runner.ask(system, work, runner.path(START), 1, runner.runs).seconds


if __name__ == "__main__":
    main()
