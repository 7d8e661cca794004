"""Folders of generated tables, made once and kept: a work names its data by a recipe and its numbers."""
import os
import shutil

import numpy as np

ROWS_AT_A_TIME = 500_000


def home():
    """Where generated data is kept: it may be deleted at any time."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return os.environ.get("TILTAS_BENCH_DATA") or os.path.join(cache or "/tmp", "tiltas-bench")


def folder(name, fill):
    """The folder of that name; `fill(path)` writes its files where it is not there yet, and it appears whole."""
    path = os.path.join(home(), name)
    if not os.path.isdir(path):
        unfinished = path + ".unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        os.makedirs(unfinished)
        fill(unfinished)
        os.rename(unfinished, path)
    return path


def write_table(folder, name, *columns, prefixes=None):
    """Writes columns of numbers or of text as NAME.facts; a prefix for each column makes its numbers names."""
    prefixes = prefixes or [""] * len(columns)
    with open(os.path.join(folder, name + ".facts"), "wb") as file:
        for first in range(0, len(columns[0]), ROWS_AT_A_TIME):
            file.write(lines([column[first : first + ROWS_AT_A_TIME] for column in columns], prefixes))


def lines(columns, prefixes):
    """The bytes of some rows: each field in a block as wide as its longest, from which the unused bytes are then taken."""
    blocks = []
    for number, (column, prefix) in enumerate(zip(columns, prefixes)):
        blocks += [constant(prefix, len(column))] if prefix else []
        blocks += [digits(column) if column.dtype.kind == "i" else letters(column)]
        blocks += [constant("\n" if number + 1 == len(columns) else "\t", len(column))]
    block = np.concatenate(blocks, axis=1).ravel()
    return block[block != 0].tobytes()


def constant(text, rows):
    return np.tile(np.frombuffer(text.encode(), np.uint8), (rows, 1))


def letters(column):
    encoded = np.char.encode(column, "utf-8")
    return encoded.view(np.uint8).reshape(len(column), encoded.dtype.itemsize)


def digits(column):
    """The digits of numbers that are not negative, 0 where a shorter one has none."""
    width = len(str(int(column.max())))
    found = np.zeros((len(column), width), np.uint8)
    rest = column.astype(np.int64)
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10) if place else (rest, rest)
        found[:, place] = digit + ord("0")
    lengths = np.maximum(1, np.searchsorted(10 ** np.arange(19), column, side="right"))
    return found * (np.arange(width) >= (width - lengths)[:, None])
