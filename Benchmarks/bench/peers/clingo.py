"""clingo, whose grounder answers programs without choices; in a process of Python."""
import importlib.metadata
import os
import re
import sys

from ..places import program
from ..work import Session
from .facts import as_facts

NAME = "clingo"
THREADS = False


def version():
    try:
        return importlib.metadata.version("clingo")
    except importlib.metadata.PackageNotFoundError:
        return None


def asks(work):
    """The text of the question, if there is one."""
    return "" if isinstance(work, Session) else work.clingo


def command(work, folder, place, threads):
    text = os.path.join(place, "program.lp")
    with open(text, "w") as file:
        file.write(work.clingo + "\n")
    shown = re.findall(r"#show (\w+/\d)", work.clingo)
    return [sys.executable, program("with_clingo.py"), as_facts(folder, work.columns), text, *shown]
