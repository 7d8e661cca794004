"""SWI-Prolog, with tabling."""
import os
import shutil
import subprocess

from ..work import Session
from .facts import as_facts

NAME = "SWI-Prolog"
THREADS = False
MAIN = """
:- initialization(main).
main :- consult('{facts}'), answer(Answer), shown(Answer), halt.
shown(Row) :- Row =.. [row | Columns], !, atomic_list_concat(Columns, '\\t', Line), writeln(Line).
shown(Number) :- writeln(Number).
"""


def version():
    if not shutil.which("swipl"):
        return None
    return subprocess.run(["swipl", "--version"], stdout=subprocess.PIPE).stdout.decode().split()[2]


def asks(work):
    """The text of the question, if there is one."""
    return "" if isinstance(work, Session) else work.prolog


def command(work, folder, place, threads):
    program = os.path.join(place, "program.pl")
    with open(program, "w") as file:
        file.write(work.prolog + MAIN.format(facts=as_facts(folder, work.columns)))
    return [shutil.which("swipl"), "-q", "--stack-limit=8g", "--table-space=12g", program]
