"""Measuring whole processes: their time, their memory and what they answered."""
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from .places import program

SECONDS, MEBIBYTES = 120, 16 * 1024


@dataclass
class Result:
    """What a command took and answered; `stopped` says why there is no answer."""

    seconds: float = 0
    mebibytes: float = 0
    answer: str = ""
    stopped: str = ""


def once(command, given=os.devnull):
    """One run of a command."""
    with tempfile.TemporaryDirectory() as folder:
        taken = os.path.join(folder, "answer")
        run = [sys.executable, "-IS", program("launch.py"), str(SECONDS), str(MEBIBYTES), given, taken, *command]
        figures = json.loads(subprocess.run(run, stdout=subprocess.PIPE, check=True).stdout)
        with open(taken, errors="replace") as file:
            answer = file.read()
        with open(taken + ".errors", errors="replace") as file:
            errors = file.read()
    result = Result(figures["seconds"], figures["mebibytes"], answer)
    if figures["passed"]:
        result.stopped = f"more than {SECONDS} s" if figures["passed"] == "time" else f"more than {MEBIBYTES >> 10} GiB"
    elif figures["status"] != 0:
        last = errors.strip().splitlines()
        result.stopped = f"failed with status {figures['status']}" + (f": {last[-1][:200]}" if last else "")
    return result


def often(command, runs, given=os.devnull):
    """The median of the runs' times and the greatest memory; what takes long is run less often."""
    results = [once(command, given)]
    first = results[0]
    if first.stopped:
        return first
    for _ in range(runs_worth(first.seconds, runs) - 1):
        results.append(once(command, given))
        if results[-1].stopped:
            return results[-1]
    return Result(
        statistics.median(result.seconds for result in results), max(result.mebibytes for result in results), first.answer
    )


def runs_worth(seconds, runs):
    """Fewer runs of what takes long, and an odd number, so that the median is one of them."""
    if seconds > 5:
        return 1
    return min(runs, 3) if seconds > 1 else runs
