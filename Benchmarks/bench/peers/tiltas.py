"""Tiltas itself: the release build."""
import os
import subprocess

from ..measure import once

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
PROGRAM = os.path.join(ROOT, ".build/release/tiltas")
NAME = "Tiltas"
THREADS = True


def version():
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], stdout=subprocess.PIPE).stdout.decode().strip()
    shown = subprocess.run([PROGRAM, "--version"], stdout=subprocess.PIPE).stdout.decode().strip()
    return f"{shown}, commit {commit}"


def asks(work):
    return True


def command(work, folder, place, threads):
    """The command that answers; what it needs besides the data is written into `place`."""
    program = os.path.join(place, "program.dl")
    if work.program.startswith("@"):
        program = os.path.join(folder, work.program[1:])
    else:
        write(program, work.program)
    return [PROGRAM, "run", *opened(work, folder, place), "--threads", str(threads), "--format", "tsv", "--no-header", program]


def opened(work, folder, place):
    """The options that name the graph and the tables."""
    if work.graph:
        text = ["--graph", os.path.join(folder, work.graph)]
    elif not work.schema:
        text = ["--no-graph", "--facts", folder]
    else:
        text = declared(work, folder, place)
    return ["--graph", snapshot(text, place)] if work.snapshot else text


def declared(work, folder, place):
    """With a schema, which is to be read before the facts."""
    schema = os.path.join(place, "schema.dl")
    write(schema, work.schema)
    return ["--graph", schema, "--facts", folder]


def snapshot(text, place):
    """A snapshot of what these options open, made where it is not there."""
    path = os.path.join(place, "facts.tiltas")
    if not os.path.exists(path):
        saved = once([PROGRAM, "save", *text, path])
        if saved.stopped:
            raise RuntimeError(saved.stopped)
    return path


def session(work, folder, place, threads):
    """The command of a shell that holds the data, its first lines and the lines of each step."""
    shell = [PROGRAM, "--no-graph", "--facts", folder, "--threads", str(threads), "--format", "tsv", "--no-header"]
    return shell, work.opening, [ours for ours, _ in work.steps]


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
