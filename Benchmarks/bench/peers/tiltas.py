"""Tiltas itself: the release build."""
import os
import subprocess

from ..measure import once
from ..places import ROOT, TILTAS

NAME = "Tiltas"
THREADS = True


def version():
    return f"{printed(TILTAS, '--version')}, commit {printed('git', '-C', str(ROOT), 'rev-parse', '--short', 'HEAD')}"


def printed(*command):
    return subprocess.run(command, stdout=subprocess.PIPE).stdout.decode().strip()


def asks(work):
    return True


def command(work, folder, place, threads):
    """The command that answers; what it needs besides the data is written into `place`."""
    program = os.path.join(place, "program.dl")
    if work.program.startswith("@"):
        program = os.path.join(folder, work.program[1:])
    else:
        write(program, work.program)
    return [TILTAS, "run", *opened(work, folder, place), *options(threads), program]


def options(threads):
    return ["--threads", str(threads), "--format", "tsv", "--no-header"]


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
        saved = once([TILTAS, "save", *text, path])
        if saved.stopped:
            raise RuntimeError(saved.stopped)
    return path


def session(work, folder, place, threads):
    """The command of a shell that holds the data, its first lines and the lines of each step."""
    return [TILTAS, *opened(work, folder, place), *options(threads)], work.opening, [ours for ours, _ in work.steps]


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
