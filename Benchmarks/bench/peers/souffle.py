"""Souffle, where it is installed, compiled to C++; compiling is not counted."""
import os
import shutil
import subprocess

from ..work import Session

NAME = "Souffle"
THREADS = False


def version():
    if not shutil.which("souffle"):
        return None
    lines = subprocess.run(["souffle", "--version"], stdout=subprocess.PIPE).stdout.decode().splitlines()
    return next((line.split()[-1] for line in lines if "ersion" in line), "of unknown version")


def asks(work):
    """The text of the question, if there is one."""
    return "" if isinstance(work, Session) else work.souffle


def command(work, folder, place, threads):
    program, compiled = os.path.join(place, "program.souffle.dl"), os.path.join(place, "compiled")
    with open(program, "w") as file:
        for table, columns in work.columns.items():
            typed = ", ".join(column + ": number" for column in columns.split(", "))
            file.write(f".decl {table}({typed})\n.input {table}\n")
        file.write(work.souffle + "\n")
    if not os.path.exists(compiled):
        subprocess.run(["souffle", "-o", compiled, program], check=True, stdout=subprocess.DEVNULL)
    return [compiled, "-F", folder, "-D", place, "-j", str(threads)]


def answered(text):
    """`.printsize` shows the relation's name before the number."""
    return text.split()[-1] if text.split() else ""
