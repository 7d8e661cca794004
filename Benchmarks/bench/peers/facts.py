"""Tables as facts of Prolog, which clingo reads too."""
import os


def as_facts(folder, columns):
    """A file of the facts of a folder's tables of numbers, made where it is not there."""
    path = os.path.join(folder, "-".join(columns) + ".pl")
    if not os.path.exists(path):
        with open(path + ".unfinished", "w") as facts:
            for table in columns:
                with open(os.path.join(folder, table + ".facts")) as rows:
                    facts.writelines(f"{table}({row.rstrip().replace(chr(9), ',')}).\n" for row in rows)
        os.rename(path + ".unfinished", path)
    return path
