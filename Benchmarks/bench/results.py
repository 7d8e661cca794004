"""Writes RESULTS.md from the entries."""
import math
import os
import platform
import subprocess

from .places import SET_BENCHMARK
from .work import SIZES

HEAD = """# Benchmark results

Made by `make bench`; [README.md](README.md) says what is measured and how. Times are in seconds and of whole processes, start
and loading included, except for what is held in a shell: there it is the time from a question to its answer. The median of
up to {runs} runs for Tiltas and up to {peer_runs} for the others, fewer of what takes long; memory is the greatest of them,
in MiB. One thread, and two under "2 threads". "Ratio" is the time of the fastest peer by that of Tiltas, "target" what it is
to be at middle size; "growth" is the exponent with which the time of Tiltas grows with the bytes of the data, from the size
above.

{machine}

| system | version | start, s |
|---|---|---:|
{versions}

![Times at middle size](results.svg)
"""


SETS = """
## Operations on sets

Beside what the memory gives: "of the memory" is the share of the rate at which as many bytes are copied (`Benchmarks/sets`).

| operation | numbers | ns a number | bytes | GB/s | of the memory |
|---|---:|---:|---:|---:|---:|
{rows}
"""


def write(path, entries, works, versions, runs, left_out):
    """The whole page. `versions` tells of each system its name, version and time to start."""
    systems = [name for name, _, _ in versions]
    page = HEAD.format(
        runs=runs, peer_runs=min(runs, 3), machine=machine(),
        versions="\n".join(f"| {name} | {version} | {start:.3f} |" for name, version, start in versions),
    )
    for group in dict.fromkeys(work.group for work in works):
        names = [work.name for work in works if work.group == group]
        of_group = [entry for entry in entries if entry.work in names]
        if of_group:
            page += f"\n## {group[0].upper()}{group[1:]}\n\n" + table(of_group, systems, works) + stops(of_group)
    page += SETS.format(rows="\n".join(row(line.split("\t")) for line in set_operations()))
    if left_out:
        page += "\nThe time did not suffice for: " + ", ".join(left_out) + ".\n"
    with open(path, "w") as file:
        file.write(page)


def set_operations():
    """What the program in `Benchmarks/sets` tells, a line an operation."""
    return subprocess.run([SET_BENCHMARK], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()


def table(entries, systems, works):
    """A row for each work and size, with columns for the systems that were asked any of them."""
    peers = [system for system in systems[1:] if any(entry.system == system for entry in entries)]
    threaded = [peer for peer in peers if any(entry.system == peer and entry.threads == 2 for entry in entries)]
    head = ["work", "data", "answer", "Tiltas", "MiB", "2 threads", "growth"]
    for peer in peers:
        head += [peer, "MiB"] + ["2 threads"] * (peer in threaded)
    lines = [row(head + ["ratio", "target"]), "|---|---|---|" + "---:|" * (len(head) - 1)]
    targets = {work.name: work.target for work in works}
    for name in dict.fromkeys(entry.work for entry in entries):
        of_work = {(entry.size, entry.system, entry.threads): entry for entry in entries if entry.work == name}
        before = None
        for size in [size for size in SIZES if (size, "Tiltas", 1) in of_work]:
            ours = of_work[size, "Tiltas", 1]
            cells = [name, ours.data, ours.answer, time(ours), memory(ours), time(of_work.get((size, "Tiltas", 2)))]
            cells.append(growth(before, ours))
            for peer in peers:
                theirs = of_work.get((size, peer, 1))
                cells += [time(theirs), memory(theirs)] + [time(of_work.get((size, peer, 2)))] * (peer in threaded)
            cells.append(ratio(ours, [of_work.get((size, peer, 1)) for peer in peers]))
            cells.append(targets[name] if isinstance(targets[name], str) or size == "middle" else "")
            lines.append(row(cells))
            before = ours
    return "\n".join(lines) + "\n"


def stops(entries):
    """Why there is no time, in words."""
    listed = [
        f"- {entry.work}, {entry.data}, {entry.system}{' with two threads' * (entry.threads == 2)}: {entry.stopped}"
        for entry in entries if entry.stopped and "not asked" not in entry.stopped
    ]
    return "\n" + "\n".join(dict.fromkeys(listed)) + "\n" if listed else ""


def row(cells):
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def time(entry):
    if entry is None:
        return ""
    if entry.stopped:
        return entry.stopped.replace("more than", ">") if entry.stopped.startswith("more than") else "–"
    return seconds(entry.seconds)


def seconds(figure):
    if figure < 0.01:
        return f"{figure:.5f}" if figure < 0.001 else f"{figure:.4f}"
    return f"{figure:.3f}" if figure < 10 else f"{figure:.1f}"


def memory(entry):
    return "" if entry is None or entry.stopped else f"{entry.mebibytes:.0f}"


def ratio(ours, theirs):
    """The fastest peer that finished by ours."""
    finished = [entry.seconds for entry in theirs if entry and not entry.stopped]
    if ours.stopped or not finished:
        return ""
    figure = min(finished) / ours.seconds
    return f"{figure:.1f}" if figure < 10 else f"{figure:.0f}"


def growth(before, after):
    """The exponent from one size to the next."""
    if not before or before.stopped or after.stopped or before.bytes == after.bytes:
        return ""
    return f"{math.log(after.seconds / before.seconds) / math.log(after.bytes / before.bytes):.2f}"


def machine():
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} processors, {memory:.0f} GiB of memory; Linux {platform.release().split('-')[0]}."
