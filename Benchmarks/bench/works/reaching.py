"""What is reached from a set, connected components and shortest paths."""
import numpy as np

from .. import graphs
from ..data import write_table
from ..work import Data, Work

COLUMNS = {"edge": "x, y", "source": "x"}


def rooted(nodes, edges):
    """A random graph with ten sources."""
    def fill(folder):
        write_table(folder, "edge", *graphs.random(nodes, edges, seed=2))
        write_table(folder, "source", np.arange(10) * 7)
    return Data(f"rooted-{nodes}-{edges}", f"{nodes:,} nodes, {edges:,} edges", fill)


LARGE = tuple(rooted(n, m) for n, m in [(20000, 60000), (300000, 1000000), (1000000, 4000000)])
ISLANDS = tuple(rooted(n, m) for n, m in [(20000, 16000), (200000, 160000), (2000000, 1600000)])
SHORT = tuple(rooted(n, m) for n, m in [(5000, 15000), (30000, 100000), (200000, 700000)])


def works():
    yield Work(
        "reachability from a set", "reaching", LARGE, COLUMNS,
        "reached(X) :- source(X).\nreached(Y) :- reached(X), edge(X, Y).\n?- N = count{ X : reached(X) }.\n",
        """WITH RECURSIVE reached(x) AS (SELECT x FROM source UNION SELECT edge.y FROM reached JOIN edge USING (x))
SELECT count(*) FROM reached""",
        "reached[x] := *source[x]\nreached[y] := reached[x], *edge[x, y]\n?[count(x)] := reached[x]",
        "reached(X) :- source(X). reached(Y) :- reached(X), edge(X,Y). #show reached/1.",
        ":- table reached/1.\nreached(X) :- source(X).\nreached(Y) :- reached(X), edge(X, Y).\n"
        "answer(N) :- aggregate_all(count, reached(_), N).",
        target=10,
    )
    yield Work(
        "connected components by least label", "reaching", ISLANDS, COLUMNS,
        "link(X, Y) :- edge(X, Y) ; edge(Y, X).\n"
        "component(X, Least) :- link(X, _), Least = min{ Y : link+(X, Y) }.\n"
        "?- Nodes = count{ X : component(X, _) }, Components = count{ L : component(_, L) },"
        " Sum = sum{ L, X : component(X, L) }.\n",
        """WITH RECURSIVE link AS (SELECT x, y FROM edge UNION SELECT y, x FROM edge),
component(x, least) USING KEY (x) AS (
  SELECT DISTINCT x, x FROM link
  UNION SELECT link.y, min(component.least) FROM component JOIN link ON link.x = component.x
    JOIN recurring.component AS known ON known.x = link.y
  WHERE component.least < known.least GROUP BY link.y)
SELECT count(*), count(DISTINCT least), sum(least) FROM component""",
        target=10,
    )
    yield Work(
        "shortest path lengths, `distance`", "reaching", LARGE, COLUMNS,
        "far(X, Y, D) :- source(X), D = distance{ edge : X -> Y }.\n"
        "?- N = count{ X, Y : far(X, Y, _) }, Sum = sum{ D, X, Y : far(X, Y, D) }.\n",
        """WITH RECURSIVE far(s, y, d) USING KEY (s, y) AS (
  SELECT x, x, 0 FROM source
  UNION SELECT far.s, edge.y, min(far.d + 1) FROM far JOIN edge ON edge.x = far.y
    LEFT JOIN recurring.far AS known ON known.s = far.s AND known.y = edge.y
  WHERE known.d IS NULL GROUP BY far.s, edge.y)
SELECT count(*), sum(d) FROM far""",
        target=10,
    )
    yield Work(
        "shortest path lengths, `min` of bounded walks", "reaching", SHORT, COLUMNS,
        "walk(X, 0) :- source(X).\nwalk(Y, D + 1) :- walk(X, D), edge(X, Y), D < 20.\n"
        "far(Y, Least) :- walk(Y, _), Least = min{ D : walk(Y, D) }.\n"
        "?- N = count{ Y : far(Y, _) }, Sum = sum{ D, Y : far(Y, D) }.\n",
        """WITH RECURSIVE walk(x, d) AS (
  SELECT x, 0 FROM source UNION SELECT edge.y, d + 1 FROM walk JOIN edge USING (x) WHERE d < 20),
far AS (SELECT x, min(d) AS d FROM walk GROUP BY x)
SELECT count(*), sum(d) FROM far""",
        target=10,
    )
