"""Questions to a graph that is held in the shell: bound ones on growing graphs, and after changes of one fact."""
from .. import graphs
from ..data import write_table
from ..work import Data, Session
from .everyday import TWO_STEPS, numbers
from .reaching import rooted

def forest(facts):
    """Fewer facts than nodes: from each node few others are reached."""
    return Data(
        f"forest-{facts}", f"{facts:,} facts",
        lambda folder: write_table(folder, "edge", *graphs.random(facts * 10 // 9, facts, seed=3)),
    )


SPARSE = tuple(map(forest, (100_000, 1_000_000, 10_000_000)))
SMALL_FORESTS = tuple(map(forest, (10_000, 100_000, 300_000)))
HELD = tuple(map(numbers, (100_000, 1_000_000, 10_000_000)))
NODES = range(100, 2100, 100)
RECURSIVE = "WITH RECURSIVE r(x) AS ({} UNION SELECT edge.y FROM r JOIN edge USING (x)) SELECT count(*) FROM r"
REACHED = RECURSIVE.format("SELECT y FROM edge WHERE x = {}")
VIEW = tuple(rooted(n, m) for n, m in [(20000, 60000), (100000, 300000), (300000, 1000000)])
SQL_VIEW = RECURSIVE.format("SELECT x FROM source")
SQL_BUSY = "SELECT count(*) FROM (SELECT x FROM edge GROUP BY x HAVING count(DISTINCT y) >= 8)"
SQL_ORIGINS = "SELECT count(*) FROM (SELECT x FROM edge EXCEPT SELECT y FROM edge)"


def changes(question, sql):
    """Each fact is added and taken back, and the question asked after each."""
    for node in NODES:
        for datalog, statement in [
            (f"+edge({node}, 77).", f"INSERT INTO edge VALUES ({node}, 77)"),
            (f"-edge({node}, 77).", f"DELETE FROM edge WHERE x = {node} AND y = 77"),
        ]:
            yield [datalog, question], [statement, sql]


def works():
    edge = {"edge": "x, y"}
    yield Session(
        "held: two steps from one node", "held in the shell", HELD, edge, [],
        [([f"?- N = count{{ Z : edge({n}, Y), edge(Y, Z) }}."],
          [TWO_STEPS.format(n)]) for n in NODES],
        target="under 0.010 s",
    )
    yield Session(
        "held: who leads to one node", "held in the shell", HELD, edge, [],
        [([f"?- N = count{{ X : edge(X, {n}) }}."], [f"SELECT count(*) FROM edge WHERE y = {n}"]) for n in NODES],
        target="under 0.010 s",
    )
    yield Session(
        "held: all that one node leads to", "held in the shell", SPARSE, edge,
        ["path(X, Y) :- edge(X, Y).", "path(X, Z) :- path(X, Y), edge(Y, Z)."],
        [([f"?- N = count{{ Y : path({n}, Y) }}."], [REACHED.format(n)]) for n in NODES],
        target="under 0.010 s",
    )
    yield Session(
        "changed by one fact: all that one node leads to", "held in the shell", SPARSE, edge,
        ["path(X, Y) :- edge(X, Y).", "path(X, Z) :- path(X, Y), edge(Y, Z)."],
        list(changes("?- N = count{ Y : path(77, Y) }.", REACHED.format(77))),
        target="under 0.005 s",
    )
    yield Session(
        "changed by one fact: a recursive view", "held in the shell", VIEW, {"edge": "x, y", "source": "x"},
        ["reached(X) :- source(X).", "reached(Y) :- reached(X), edge(X, Y)."],
        list(changes("?- N = count{ X : reached(X) }.", SQL_VIEW)),
        target="under 0.005 s",
    )
    yield Session(
        "changed by one fact: the closure of a sparse graph", "held in the shell", SMALL_FORESTS, edge,
        ["path(X, Y) :- edge(X, Y).", "path(X, Z) :- path(X, Y), edge(Y, Z)."],
        list(changes("?- N = count{ X, Y : path(X, Y) }.", "WITH RECURSIVE p(x, y) AS (SELECT x, y FROM edge UNION"
                     " SELECT p.x, edge.y FROM p JOIN edge ON p.y = edge.x) SELECT count(*) FROM p"))[:10],
        target="under 0.005 s",
    )
    yield Session(
        "changed by one fact: a view of counts", "held in the shell", HELD, edge,
        ["degree(X, N) :- edge(X, _), N = count{ Y : edge(X, Y) }.", "busy(X) :- degree(X, N), N >= 8."],
        list(changes("?- N = count{ X : busy(X) }.", SQL_BUSY)),
        target="under 0.005 s",
    )
    yield Session(
        "changed by one fact: a view with a negation", "held in the shell", HELD, edge,
        ["origin(X) :- edge(X, _), not edge(_, X)."],
        list(changes("?- N = count{ X : origin(X) }.", SQL_ORIGINS)),
        target="under 0.005 s",
    )
