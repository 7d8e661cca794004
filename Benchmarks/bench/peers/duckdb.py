"""DuckDB, in a process of Python."""
import importlib.metadata
import json
import os
import sys

from ..measure import once
from ..places import program
from ..work import Fixpoint, Session

NAME = "DuckDB"
THREADS = True


def version():
    try:
        return importlib.metadata.version("duckdb")
    except importlib.metadata.PackageNotFoundError:
        return None


def asks(work):
    """The text of the question, if there is one."""
    if not isinstance(work, Session):
        return work.sql
    return work.steps if all(theirs for _, theirs in work.steps) else ""


def command(work, folder, place, threads):
    question = {"columns": work.columns, "statements": statements(work, folder)}
    if isinstance(work.sql, Fixpoint):
        question["relations"] = work.sql.relations
    if work.snapshot:
        question |= {"columns": {}, "database": database(work, folder, place)}
    return process(question, folder, place, threads)


def statements(work, folder):
    if isinstance(work.sql, Fixpoint):
        return [work.sql.answer]
    if not work.sql.startswith("@"):
        return [work.sql]
    with open(os.path.join(folder, work.sql[1:])) as file:
        return file.read().splitlines()


def database(work, folder, place):
    """A database file of the tables, made where it is not there."""
    path = os.path.join(place, "facts.duckdb")
    if not os.path.exists(path):
        once(process({"columns": work.columns, "statements": [], "database": path}, folder, place, 1))
    return path


def session(work, folder, place, threads):
    return process({"columns": work.columns}, folder, place, threads), [], [sql for _, sql in work.steps]


def process(question, folder, place, threads):
    path = os.path.join(place, "question.json")
    with open(path, "w") as file:
        json.dump(question, file)
    return [sys.executable, program("with_duckdb.py"), str(threads), folder, path]
