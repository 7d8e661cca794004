"""Questions written as one should and as badly as one can: the worst order, literals that say nothing new, products that a
condition saves. What stands in the source is not to matter: the second of each pair is to take at most 1.5 times the first."""
from .meeting import COLUMNS, GRAPHS, ORG, SCHEMA
from ..work import Session

PAIRS = (
    ("a chain from one end",
     "partner({org}, P), partner(B, P), partner(B, Q), partner(C, Q)",
     "partner(C, Q), partner(B, Q), partner(B, P), partner({org}, P)", "C"),
    ("a choice at the end of a chain",
     "held_in(E, city_7), attended(A, E), member_of(A, O), based_in(O, C)",
     "based_in(O, C), member_of(A, O), attended(A, E), held_in(E, city_7)", "A, C"),
    ("literals that say nothing new",
     "attended(A, E), hosted({org}, E)",
     "attended(A, _), attended(_, E), attended(A, E), held_on(E, _), attended(A, E), hosted({org}, E), hosted(_, E)", "A"),
    ("a product that an equation saves",
     "hosted({org}, E), held_on(E, D), held_on(F, D), hosted(O, F)",
     "hosted(O, F), hosted({org}, E), held_on(F, G), held_on(E, D), G = D", "O, F"),
    ("a product that a comparison cuts",
     "hosted({org}, E), held_on(E, D), hosted({org}, F), held_on(F, G), D < G",
     "held_on(E, D), held_on(F, G), D < G, hosted({org}, F), hosted({org}, E)", "E, F"),
    ("a triangle",
     "partner(A, P), partner(B, P), based_in(A, C), based_in(B, C), A != B",
     "based_in(A, C), A != B, based_in(B, C), partner(B, P), partner(A, P), based_in(B, _)", "A, B"),
    ("a computation before its use",
     "hosted({org}, E), held_on(E, D), Y = year(D), Y > 2011",
     "Y > 2011, Y = year(D), held_on(E, D), hosted({org}, E)", "E, Y"),
    ("a negation first",
     "hosted({org}, E), attended(A, E), not member_of(A, {org})",
     "not member_of(A, {org}), attended(A, E), hosted({org}, E)", "A"),
    ("a part that has nothing to do with the rest",
     "partner({org}, P), financed_by(P, F), located_in(city_0, _)",
     "located_in(city_0, _), attended(_, _), financed_by(P, F), holds(_, _), partner({org}, P)", "P, F"),
    ("a star that begins at its largest set",
     "member_of(A, {org}), holds(A, F), attended(A, E), held_in(E, C)",
     "attended(A, E), held_in(E, C), holds(A, F), member_of(A, {org})", "F, C"),
)


TIMES = 21


def works():
    for name, well, badly, variables in PAIRS:
        for manner, body in (("well", well), ("badly", badly)):
            question = f"?- N = count{{ {variables} : {body.format(org=ORG)} }}."
            yield Session(
                f"{name}, {manner}", "written well and badly", GRAPHS[:2], COLUMNS, [], [([question], [])] * TIMES,
                schema=SCHEMA, target="at most 1.5 times the line above" if manner == "badly" else "")
