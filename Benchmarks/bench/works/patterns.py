"""Small patterns counted in power-law graphs."""
from .. import graphs
from .closures import of
from ..work import Work


def power(*sizes):
    return of("power", "{} nodes, {} edges", graphs.power_law, *sizes)


TO_A_MILLION = power((10000, 50000), (30000, 200000), (150000, 1000000))
SMALLER = power((5000, 20000), (20000, 100000), (60000, 400000))
CLIQUES = power((3000, 10000), (10000, 40000), (20000, 100000))


def work(name, data, body, variables, sql, cozo=""):
    columns = variables.lower()
    return Work(
        f"{name}, counted", "patterns", data, {"edge": "x, y"},
        f"?- N = count{{ {variables} : {body} }}.\n", "SELECT count(*) FROM " + sql,
        f"m[{columns}] := {cozo}\n?[count(x)] := m[{columns}]" if cozo else "",
        target=20,
    )


def works():
    yield work(
        "triangles", TO_A_MILLION, "edge(X, Y), edge(Y, Z), edge(Z, X)", "X, Y, Z",
        "edge a JOIN edge b ON a.y = b.x JOIN edge c ON b.y = c.x AND c.y = a.x",
        "*edge[x, y], *edge[y, z], *edge[z, x]",
    )
    yield work(
        "4-cycles", SMALLER, "edge(X, Y), edge(Y, Z), edge(Z, W), edge(W, X)", "X, Y, Z, W",
        "edge a JOIN edge b ON a.y = b.x JOIN edge c ON b.y = c.x JOIN edge d ON c.y = d.x AND d.y = a.x",
        "*edge[x, y], *edge[y, z], *edge[z, w], *edge[w, x]",
    )
    yield work(
        "4-cliques", CLIQUES,
        "edge(X, Y), edge(X, Z), edge(X, W), edge(Y, Z), edge(Y, W), edge(Z, W)", "X, Y, Z, W",
        """edge a JOIN edge b ON b.x = a.x JOIN edge c ON c.x = a.x JOIN edge d ON d.x = a.y AND d.y = b.y
  JOIN edge e ON e.x = a.y AND e.y = c.y JOIN edge f ON f.x = b.y AND f.y = c.y""",
        "*edge[x, y], *edge[x, z], *edge[y, z], *edge[x, w], *edge[y, w], *edge[z, w]",
    )
    yield work(
        "paths of length 3", TO_A_MILLION, "edge(X, Y), edge(Y, Z), edge(Z, W)", "X, Y, Z, W",
        "edge a JOIN edge b ON a.y = b.x JOIN edge c ON b.y = c.x",
    )
