"""Analyses of programs: Andersen's points-to, context-sensitive pointer analysis, virtual calls as in Doop."""
from .. import analysis
from ..work import Data, Fixpoint, Work


def data(name, fill, words, *sizes):
    return tuple(Data(f"{name}-{size}", f"{size:,} {words}", fill(size)) for size in sizes)


def andersen():
    return Work(
        "Andersen's points-to", "program analysis",
        data("andersen", analysis.andersen, "variables", 250, 3600, 7200),
        {"address_of": "p, o", "assign": "p, q", "load": "p, q", "store": "p, q"},
        """points_to(P, O) :- address_of(P, O).
points_to(P, O) :- assign(P, Q), points_to(Q, O).
points_to(P, O) :- load(P, Q), points_to(Q, R), points_to(R, O).
points_to(R, O) :- store(P, Q), points_to(P, R), points_to(Q, O).
?- N = count{ P, O : points_to(P, O) }.
""",
        Fixpoint(
            {"pt": ("p, o", "SELECT p, o FROM address_of", """
SELECT a.p, n.o FROM assign a JOIN new_pt n ON a.q = n.p
UNION SELECT l.p, b.o FROM load l JOIN new_pt a ON l.q = a.p JOIN pt b ON a.o = b.p
UNION SELECT l.p, b.o FROM load l JOIN pt a ON l.q = a.p JOIN new_pt b ON a.o = b.p
UNION SELECT a.o, b.o FROM store s JOIN new_pt a ON s.p = a.p JOIN pt b ON s.q = b.p
UNION SELECT a.o, b.o FROM store s JOIN pt a ON s.p = a.p JOIN new_pt b ON s.q = b.p""")},
            "SELECT count(*) FROM pt",
        ),
        """pt[p, o] := *address_of[p, o]
pt[p, o] := *assign[p, q], pt[q, o]
pt[p, o] := *load[p, q], pt[q, r], pt[r, o]
pt[r, o] := *store[p, q], pt[p, r], pt[q, o]
?[count(p)] := pt[p, o]""",
        """pt(P,O) :- address_of(P,O). pt(P,O) :- assign(P,Q), pt(Q,O).
pt(P,O) :- load(P,Q), pt(Q,R), pt(R,O). pt(R,O) :- store(P,Q), pt(P,R), pt(Q,O). #show pt/2.""",
        """:- table pt/2.
pt(P, O) :- address_of(P, O).
pt(P, O) :- assign(P, Q), pt(Q, O).
pt(P, O) :- load(P, Q), pt(Q, R), pt(R, O).
pt(R, O) :- store(P, Q), pt(P, R), pt(Q, O).
answer(N) :- aggregate_all(count, pt(_, _), N).""",
        """.decl pt(p: number, o: number)
pt(p, o) :- address_of(p, o).
pt(p, o) :- assign(p, q), pt(q, o).
pt(p, o) :- load(p, q), pt(q, r), pt(r, o).
pt(r, o) :- store(p, q), pt(p, r), pt(q, o).
.printsize pt""",
        target=20,
    )


CSPA_RULES = """value_flow(Y, X) :- assign(Y, X).
value_flow(X, Y) :- assign(X, Z), memory_alias(Z, Y).
value_flow(X, Y) :- value_flow(X, Z), value_flow(Z, Y).
value_flow(X, X) :- assign(X, _).
value_flow(X, X) :- assign(_, X).
memory_alias(X, W) :- dereference(Y, X), value_alias(Y, Z), dereference(Z, W).
memory_alias(X, X) :- assign(_, X).
memory_alias(X, X) :- assign(X, _).
value_alias(X, Y) :- value_flow(Z, X), value_flow(Z, Y).
value_alias(X, Y) :- value_flow(Z, X), memory_alias(Z, W), value_flow(W, Y).
"""


def cspa():
    relations = ("value_flow", "memory_alias", "value_alias")
    counts = ", ".join(f"{name.title().replace('_', '')} = count{{ X, Y : {name}(X, Y) }}" for name in relations)
    itself = "SELECT x, x FROM assign UNION SELECT y, y FROM assign"
    return Work(
        "context-sensitive pointer analysis (CSPA)", "program analysis",
        data("cspa", analysis.cspa, "variables", 150, 1000, 3000),
        {"assign": "x, y", "dereference": "x, y"},
        CSPA_RULES + f"?- {counts}.\n",
        Fixpoint(
            {
                "value_flow": ("x, y", "SELECT x, y FROM assign UNION " + itself, """
SELECT a.x, m.y FROM assign a JOIN new_memory_alias m ON a.y = m.x
UNION SELECT a.x, b.y FROM new_value_flow a JOIN value_flow b ON a.y = b.x
UNION SELECT a.x, b.y FROM value_flow a JOIN new_value_flow b ON a.y = b.x"""),
                "memory_alias": ("x, y", itself, """
SELECT a.y, b.y FROM dereference a JOIN new_value_alias v ON a.x = v.x JOIN dereference b ON v.y = b.x"""),
                "value_alias": ("x, y", "SELECT 0, 0 WHERE false", """
SELECT a.y, b.y FROM new_value_flow a JOIN value_flow b ON a.x = b.x
UNION SELECT a.y, b.y FROM value_flow a JOIN new_value_flow b ON a.x = b.x
UNION SELECT a.y, b.y FROM new_value_flow a JOIN memory_alias m ON a.x = m.x JOIN value_flow b ON m.y = b.x
UNION SELECT a.y, b.y FROM value_flow a JOIN new_memory_alias m ON a.x = m.x JOIN value_flow b ON m.y = b.x
UNION SELECT a.y, b.y FROM value_flow a JOIN memory_alias m ON a.x = m.x JOIN new_value_flow b ON m.y = b.x"""),
            },
            "SELECT (SELECT count(*) FROM value_flow), (SELECT count(*) FROM memory_alias),"
            " (SELECT count(*) FROM value_alias)",
        ),
        """vf[y, x] := *assign[y, x]
vf[x, y] := *assign[x, z], ma[z, y]
vf[x, y] := vf[x, z], vf[z, y]
vf[x, x] := *assign[x, _y]
vf[x, x] := *assign[_y, x]
ma[x, w] := *dereference[y, x], va[y, z], *dereference[z, w]
ma[x, x] := *assign[_y, x]
ma[x, x] := *assign[x, _y]
va[x, y] := vf[z, x], vf[z, y]
va[x, y] := vf[z, x], ma[z, w], vf[w, y]
n[count(x)] := vf[x, y]
m[count(x)] := ma[x, y]
k[count(x)] := va[x, y]
?[a, b, c] := n[a], m[b], k[c]""",
        CSPA_RULES + " ".join(f"#show {name}/2." for name in relations),
        ":- table value_flow/2, memory_alias/2, value_alias/2.\n" + CSPA_RULES
        + "answer(row(A, B, C)) :- aggregate_all(count, value_flow(_, _), A),"
        " aggregate_all(count, memory_alias(_, _), B), aggregate_all(count, value_alias(_, _), C).",
        target=20,
    )


def objects():
    return Work(
        "virtual calls and what variables point to (as in Doop)", "program analysis",
        data("objects", analysis.objects, "methods", 1000, 2000, 4000),
        {
            "alloc": "v, h, m", "heap_type": "h, t", "move": "a, b", "load": "a, b, f", "store": "b, f, a",
            "virtual_call": "c, b, s, m", "actual": "c, i, v", "formal": "m, i, v", "this_variable": "m, v",
            "lookup": "t, s, m", "entry": "m",
        },
        """reachable(M) :- entry(M).
reachable(M) :- calls(_, M).
calls(Call, M) :- virtual_call(Call, Base, Sig, In), reachable(In), points(Base, H), heap_type(H, T),
  lookup(T, Sig, M).
points(V, H) :- alloc(V, H, M), reachable(M).
points(A, H) :- move(A, B), points(B, H).
points(V, H) :- passes(V, W), points(W, H).
points(A, H) :- load(A, Base, F), points(Base, G), field(G, F, H).
points(This, H) :- virtual_call(_, Base, Sig, In), reachable(In), points(Base, H), heap_type(H, T), lookup(T, Sig, M),
  this_variable(M, This).
passes(V, W) :- calls(Call, M), formal(M, I, V), actual(Call, I, W).
field(G, F, H) :- store(Base, F, A), points(Base, G), points(A, H).
?- P = count{ V, H : points(V, H) }, C = count{ X, M : calls(X, M) }, F = count{ G, K, H : field(G, K, H) }.
""",
        Fixpoint(
            {
                "reachable": ("m", "SELECT m FROM entry", "SELECT m FROM new_calls"),
                "calls": ("c, m", "SELECT 0, 0 WHERE false", """
SELECT c.c, l.m FROM virtual_call c JOIN new_reachable r ON r.m = c.m JOIN points p ON p.v = c.b
  JOIN heap_type t ON t.h = p.h JOIN lookup l ON l.t = t.t AND l.s = c.s
UNION SELECT c.c, l.m FROM virtual_call c JOIN reachable r ON r.m = c.m JOIN new_points p ON p.v = c.b
  JOIN heap_type t ON t.h = p.h JOIN lookup l ON l.t = t.t AND l.s = c.s"""),
                "passes": ("v, w", "SELECT 0, 0 WHERE false", """
SELECT f.v, a.v FROM new_calls c JOIN formal f ON f.m = c.m JOIN actual a ON a.c = c.c AND a.i = f.i"""),
                "points": ("v, h", "SELECT v, h FROM alloc JOIN entry USING (m)", """
SELECT v, h FROM alloc JOIN new_reachable USING (m)
UNION SELECT m.a, p.h FROM move m JOIN new_points p ON p.v = m.b
UNION SELECT s.v, p.h FROM new_passes s JOIN points p ON p.v = s.w
UNION SELECT s.v, p.h FROM passes s JOIN new_points p ON p.v = s.w
UNION SELECT l.a, f.h FROM load l JOIN new_points p ON p.v = l.b JOIN field f ON f.g = p.h AND f.f = l.f
UNION SELECT l.a, f.h FROM load l JOIN points p ON p.v = l.b JOIN new_field f ON f.g = p.h AND f.f = l.f
UNION SELECT w.v, p.h FROM virtual_call c JOIN new_reachable r ON r.m = c.m JOIN points p ON p.v = c.b
  JOIN heap_type t ON t.h = p.h JOIN lookup l ON l.t = t.t AND l.s = c.s JOIN this_variable w ON w.m = l.m
UNION SELECT w.v, p.h FROM virtual_call c JOIN reachable r ON r.m = c.m JOIN new_points p ON p.v = c.b
  JOIN heap_type t ON t.h = p.h JOIN lookup l ON l.t = t.t AND l.s = c.s JOIN this_variable w ON w.m = l.m"""),
                "field": ("g, f, h", "SELECT 0, 0, 0 WHERE false", """
SELECT p.h, s.f, q.h FROM store s JOIN new_points p ON p.v = s.b JOIN points q ON q.v = s.a
UNION SELECT p.h, s.f, q.h FROM store s JOIN points p ON p.v = s.b JOIN new_points q ON q.v = s.a"""),
            },
            "SELECT (SELECT count(*) FROM points), (SELECT count(*) FROM calls), (SELECT count(*) FROM field)",
        ),
        target=20,
    )


def works():
    yield andersen()
    yield cspa()
    yield objects()
