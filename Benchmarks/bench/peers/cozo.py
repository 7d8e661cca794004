"""mnestic, an embedded Datalog that goes on from CozoDB, in a process of Python."""
import importlib.metadata
import json
import os
import sys

from ..places import program
from ..work import Session

NAME = "mnestic (Cozo)"
THREADS = False


def version():
    try:
        return importlib.metadata.version("mnestic")
    except importlib.metadata.PackageNotFoundError:
        return None


def asks(work):
    """The text of the question, if there is one."""
    return "" if isinstance(work, Session) else work.cozo


def command(work, folder, place, threads):
    question = os.path.join(place, "question.json")
    with open(question, "w") as file:
        json.dump({"columns": work.columns, "script": work.cozo}, file)
    return [sys.executable, program("with_cozo.py"), folder, question]
