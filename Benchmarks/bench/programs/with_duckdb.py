"""Answers one question with DuckDB, or the lines of a session.

    python3 with_duckdb.py THREADS FOLDER QUESTION.json
"""
import json
import sys

import duckdb


def load(db, folder, columns):
    """Reads each table of the folder that the question names."""
    for table, names in columns.items():
        db.execute(
            f"CREATE TABLE {table} AS SELECT * FROM read_csv(?, header = false, delim = '\t', names = ?)",
            [f"{folder}/{table}.facts", names.split(", ")],
        )


def fixpoint(db, relations):
    """Semi-naive rounds until nothing is added."""
    for name, (columns, first, _) in relations.items():
        listed = f"{name}({columns})"
        db.execute(f"CREATE TABLE {listed} AS SELECT DISTINCT * FROM ({first})")
        db.execute(f"CREATE TABLE new_{listed} AS FROM {name}")
    added = True
    while added:
        for name, (columns, _, step) in relations.items():
            db.execute(f"CREATE OR REPLACE TABLE next_{name}({columns}) AS ({step}) EXCEPT SELECT * FROM {name}")
        added = False
        for name in relations:
            db.execute(f"INSERT INTO {name} FROM next_{name}")
            db.execute(f"CREATE OR REPLACE TABLE new_{name} AS FROM next_{name}")
            added = added or db.execute(f"SELECT count(*) FROM new_{name}").fetchone()[0] > 0


def answer(db, statement):
    """Runs a statement and prints its rows."""
    result = db.execute(statement)
    if statement.lstrip().startswith(("SELECT", "WITH")):
        for row in result.fetchall():
            print(*row, sep="\t", flush=True)


def main():
    threads, folder, question = sys.argv[1:]
    with open(question) as file:
        question = json.load(file)
    db = duckdb.connect(question.get("database", ":memory:"), config={"threads": int(threads)})
    load(db, folder, question["columns"])
    fixpoint(db, question.get("relations", {}))
    for statement in question.get("statements", sys.stdin):
        answer(db, statement)


main()
