"""Measuring a shell that holds its data: lines go in, and the time until the answer's line comes out is taken."""
import statistics
import subprocess
import threading
import time

from . import measure as limits
from .measure import Result


def measure(command, opening, steps):
    """The median time of a step, with the greatest memory of the process and all answers."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    guard = threading.Timer(limits.SECONDS, process.kill)
    guard.start()
    try:
        times, answers = ask(process, opening, steps)
        mebibytes = peak(process.pid)
    finally:
        process.stdin.close()
        process.kill()
        guard.cancel()
        errors = process.stderr.read().decode(errors="replace").strip().splitlines()
        process.wait()
    if len(answers) < len(steps):
        return Result(stopped=errors[0][:200] if errors else f"more than {limits.SECONDS} s")
    return Result(statistics.median(times), mebibytes, "".join(answers))


def ask(process, opening, steps):
    """The first step is asked twice: the first time it waits for the data, and is not counted."""
    times, answers = [], []
    for number, lines in enumerate([opening + steps[0]] + steps):
        start = time.perf_counter()
        try:
            process.stdin.write("".join(line + "\n" for line in lines).encode())
            process.stdin.flush()
        except BrokenPipeError:
            break
        answer = process.stdout.readline().decode()
        if not answer:
            break
        if number > 0:
            times.append(time.perf_counter() - start)
            answers.append(answer)
    return times, answers


def peak(process):
    """The greatest memory of a process in MiB, 0 of one that has ended."""
    with open(f"/proc/{process}/status") as file:
        return next((int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM")), 0.0)
