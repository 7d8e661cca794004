"""Answers one question with mnestic (CozoDB's Datalog): python3 with_cozo.py FOLDER QUESTION.json"""
import json
import sys

from mnestic import CozoDbPy

ROWS_AT_A_TIME = 200_000


def value(field):
    try:
        return int(field)
    except ValueError:
        return field


def load(db, folder, columns):
    for table, names in columns.items():
        names = names.split(", ")
        db.run_script(f":create {table} {{{', '.join(names)}}}", {}, False)
        with open(f"{folder}/{table}.facts") as file:
            rows = [[value(field) for field in line.rstrip("\n").split("\t")] for line in file]
        for first in range(0, len(rows), ROWS_AT_A_TIME):
            db.import_relations({table: {"headers": names, "rows": rows[first : first + ROWS_AT_A_TIME]}})


def main():
    folder, question = sys.argv[1:]
    with open(question) as file:
        question = json.load(file)
    db = CozoDbPy("mem", "", "{}")
    load(db, folder, question["columns"])
    for row in db.run_script(question["script"], {}, True)["rows"]:
        print(*row, sep="\t")


main()
