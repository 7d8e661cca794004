"""What is measured: a question on data of three sizes, in the language of each system."""
from collections.abc import Callable
from dataclasses import dataclass

SIZES = ("small", "middle", "large")
"""A work has data of each of them, in this order, or of the first alone."""


@dataclass(frozen=True)
class Data:
    """A folder of tables: how it is called, what it holds in words, and what writes it."""

    name: str
    words: str
    fill: Callable[[str], None]


@dataclass(frozen=True)
class Fixpoint:
    """Mutual or non-linear recursion for SQL, as rounds over tables: `new_R` is what the last round added to `R`."""

    relations: dict[str, tuple[str, str, str]]
    answer: str


@dataclass(frozen=True)
class Work:
    """A question, as a user of each system would write it; where a system has no text it is not asked.

    A program or an SQL text that starts with `@` names a file of the data. `schema` declares the relations before the
    facts are read; `graph` is a file of the data, or another, that is opened in place of tables; with `snapshot` it is a
    snapshot of them that is opened, made before. `target` is how many times faster than the fastest peer the work is to be
    at middle size, or in words.
    """

    name: str
    group: str
    data: tuple[Data, ...]
    columns: dict[str, str]
    program: str
    sql: str | Fixpoint = ""
    cozo: str = ""
    clingo: str = ""
    prolog: str = ""
    souffle: str = ""
    schema: str = ""
    graph: str = ""
    snapshot: bool = False
    target: float | str = ""


@dataclass(frozen=True)
class Session:
    """Questions to a system that holds the data: each step is some lines, the last of which has one line of answer.

    What counts is the median time of a step, not that of loading.
    """

    name: str
    group: str
    data: tuple[Data, ...]
    columns: dict[str, str]
    opening: list[str]
    steps: list[tuple[list[str], list[str]]]
    target: float | str = ""
    schema: str = ""
    graph: str = ""
    snapshot: bool = False
