"""Closures of graphs of many shapes, each written in four ways, and same generation."""
from .. import graphs
from ..data import write_table
from ..work import Data, Work

FORMS = {
    "left-linear": "path(X, Y) :- edge(X, Y).\npath(X, Z) :- path(X, Y), edge(Y, Z).\n",
    "right-linear": "path(X, Y) :- edge(X, Y).\npath(X, Z) :- edge(X, Y), path(Y, Z).\n",
    "non-linear": "path(X, Y) :- edge(X, Y).\npath(X, Z) :- path(X, Y), path(Y, Z).\n",
}
COUNT = "?- N = count{ X, Y : path(X, Y) }.\n"
SQL = """WITH RECURSIVE path(x, y) AS (
  SELECT x, y FROM edge UNION SELECT path.x, edge.y FROM path JOIN edge ON path.y = edge.x)
SELECT count(*) FROM path"""
COZO = "path[x, y] := *edge[x, y]\npath[x, z] := path[x, y], *edge[y, z]\n?[count(x)] := path[x, y]"
CLINGO = "path(X,Y) :- edge(X,Y). path(X,Z) :- path(X,Y), edge(Y,Z). #show path/2."
PROLOG = """:- table path/2.
path(X, Y) :- edge(X, Y).
path(X, Z) :- path(X, Y), edge(Y, Z).
answer(N) :- aggregate_all(count, path(_, _), N)."""
SOUFFLE = """.decl path(x: number, y: number)
path(x, y) :- edge(x, y).
path(x, z) :- path(x, y), edge(y, z).
.printsize path"""


def edges(name, words, make, *numbers):
    """A graph as a table `edge`."""
    return Data(
        "-".join([name, *map(str, numbers)]),
        words.format(*(f"{number:,}" for number in numbers)),
        lambda folder: write_table(folder, "edge", *make(*numbers)),
    )


def of(name, words, make, *sizes):
    return tuple(edges(name, words, make, *size) for size in sizes)


GRAPHS = {
    "random": (of("random", "{} nodes, {} edges", graphs.random, (600, 3000), (5000, 25000), (10000, 50000)), 100),
    "sparse random": (
        of("random", "{} nodes, {} edges", graphs.random, (10000, 9000), (100000, 90000), (1000000, 900000)), 10),
    "grid": (of("grid", "side of {}", graphs.grid, (30,), (70,), (100,)), 10),
    "chain": (of("chain", "{} edges", graphs.chain, (700,), (4000,), (8000,)), 10),
    "tree": (of("tree", "{} nodes", graphs.tree, (8191,), (65535,), (524287,)), 10),
    "cycle": (of("cycle", "{} nodes", graphs.cycle, (500,), (3000,), (6000,)), 100),
    "power-law": (
        of("power", "{} nodes, {} edges", graphs.power_law, (600, 2400), (3000, 12000), (6000, 24000)), 100),
}


def closures():
    for graph, (data, target) in GRAPHS.items():
        for form, rules in FORMS.items():
            yield Work(f"closure, {graph}, {form}", "closures", data, {"edge": "x, y"}, rules + COUNT,
                       SQL, COZO, CLINGO, PROLOG, SOUFFLE, target=target)
        yield Work(f"closure, {graph}, `edge+`", "closures", data, {"edge": "x, y"},
                   "?- N = count{ X, Y : edge+(X, Y) }.\n", SQL, COZO, CLINGO, PROLOG, SOUFFLE, target=target)


def same_generation():
    for name, data, target in [
        ("tree", of("tree", "{} nodes", graphs.tree, (511,), (2047,), (4095,)), 30),
        ("random", of("random", "{} nodes, {} edges", graphs.random, (1000, 2000), (2000, 6000), (4000, 12000)), 100),
    ]:
        yield Work(
            f"same generation, {name}", "same generation", data, {"edge": "x, y"},
            "sg(X, Y) :- edge(P, X), edge(P, Y).\nsg(X, Y) :- edge(P, X), sg(P, Q), edge(Q, Y).\n"
            "?- N = count{ X, Y : sg(X, Y) }.\n",
            """WITH RECURSIVE sg(x, y) AS (
  SELECT a.y, b.y FROM edge a JOIN edge b ON a.x = b.x
  UNION SELECT a.y, b.y FROM sg JOIN edge a ON a.x = sg.x JOIN edge b ON b.x = sg.y)
SELECT count(*) FROM sg""",
            "sg[x, y] := *edge[p, x], *edge[p, y]\nsg[x, y] := *edge[p, x], sg[p, q], *edge[q, y]\n"
            "?[count(x)] := sg[x, y]",
            "sg(X,Y) :- edge(P,X), edge(P,Y). sg(X,Y) :- edge(P,X), sg(P,Q), edge(Q,Y). #show sg/2.",
            ":- table sg/2.\nsg(X, Y) :- edge(P, X), edge(P, Y).\nsg(X, Y) :- edge(P, X), sg(P, Q), edge(Q, Y).\n"
            "answer(N) :- aggregate_all(count, sg(_, _), N).",
            ".decl sg(x: number, y: number)\nsg(x, y) :- edge(p, x), edge(p, y).\n"
            "sg(x, y) :- edge(p, x), sg(p, q), edge(q, y).\n"
            ".printsize sg",
            target=target,
        )


def works():
    yield from closures()
    yield from same_generation()
