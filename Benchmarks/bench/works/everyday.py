"""Tiny questions one after another, and what it takes to load and to open."""
import os

from .. import graphs
from ..data import write_table
from ..places import GRAPH
from ..work import Data, Work

TWO_STEPS = "SELECT count(DISTINCT b.y) FROM edge a JOIN edge b ON a.y = b.x WHERE a.x = {}"
EDGE = {"edge": "x, y"}


def tiny(count):
    """A small graph, and so many questions about it, for Datalog and for SQL."""
    def fill(folder):
        write_table(folder, "edge", *graphs.random(500, 2000))
        nodes = [number % 500 for number in range(count)]
        with open(os.path.join(folder, "questions.dl"), "w") as file:
            file.writelines(f"?- N = count{{ Z : edge({node}, Y), edge(Y, Z) }}.\n" for node in nodes)
        with open(os.path.join(folder, "questions.sql"), "w") as file:
            file.writelines(TWO_STEPS.format(node) + "\n" for node in nodes)
    return Data(f"tiny-{count}", f"{count:,} questions", fill)


def numbers(facts):
    """A sparse graph of numbers, three facts a node."""
    return Data(
        f"numbers-{facts}", f"{facts:,} facts",
        lambda folder: write_table(folder, "edge", *graphs.random(facts // 3, facts)),
    )


def names(facts):
    """The same with names in place of numbers."""
    return Data(
        f"names-{facts}", f"{facts:,} facts",
        lambda folder: write_table(folder, "edge", *graphs.random(facts // 3, facts), prefixes=("person_", "person_")),
    )


def statements(facts):
    """Facts as a file of statements."""
    def fill(folder):
        starts, ends = graphs.random(facts // 3, facts)
        with open(os.path.join(folder, "edge.dl"), "w") as file:
            file.writelines(map("edge(person_%s, person_%s).\n".__mod__, zip(starts.tolist(), ends.tolist())))
    return Data(f"statements-{facts}", f"{facts:,} facts", fill)


OWN = Data("own", "the project's own graph", lambda folder: None)
SEVERAL = "?- partner(Org, P), N = count{ Q : partner(Org, Q) }, N > 1 | select Org, N | order by N desc, Org.\n"
THREE = (100_000, 1_000_000, 10_000_000)
COUNT_ALL = "?- N = count{ X, Y : edge(X, Y) }.\n"
SQL_COUNT_ALL = "SELECT count(*) FROM edge"


def works():
    yield Work(
        "tiny questions one after another", "everyday", tuple(map(tiny, (1_000, 10_000, 50_000))), EDGE,
        "@questions.dl", "@questions.sql",
    )
    yield Work("loading: TSV of numbers", "loading", tuple(map(numbers, THREE)), EDGE, COUNT_ALL, SQL_COUNT_ALL,
               target="3 million facts a second")
    yield Work("loading: TSV of names", "loading", tuple(map(names, THREE)), EDGE, COUNT_ALL, SQL_COUNT_ALL,
               target="1 million facts a second")
    yield Work(
        "loading: TSV of names, declared as entities", "loading", tuple(map(names, THREE)), EDGE, COUNT_ALL,
        schema="type person.\nrelation edge(person, person).\n",
    )
    yield Work(
        "loading: statements (`.dl`)", "loading", tuple(map(statements, (30_000, 300_000, 1_000_000))), {}, COUNT_ALL,
        graph="edge.dl",
    )
    yield Work(
        "a snapshot opened cold, one bound question", "loading", tuple(map(numbers, THREE)), EDGE,
        "?- N = count{ Y : edge(77, Y) }.\n", "SELECT count(*) FROM edge WHERE x = 77", snapshot=True,
        target="under 0.1 s with 10 million facts",
    )
    yield Work("start on the project's graph, text", "everyday", (OWN,), {}, SEVERAL, graph=GRAPH,
               target="under 0.025 s")
    yield Work("start on the project's graph, snapshot", "everyday", (OWN,), {}, SEVERAL, graph=GRAPH,
               snapshot=True, target="under 0.010 s")
