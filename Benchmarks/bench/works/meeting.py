"""The questions of the record, asked of graphs of cooperation of growing size; each also of one person or organisation."""
from .. import cooperation
from ..work import Data, Work

GRAPHS = tuple(
    Data(f"cooperation-{facts}", f"{facts:,} facts", cooperation.fill(facts)) for facts in (10_000, 1_000_000, 10_000_000)
)
COLUMNS = {
    "attended": "person, event", "holds": "person, office", "office_at": "office, org", "member_of": "person, org",
    "partner": "org, project", "hosted": "org, event", "held_in": "event, city", "held_on": "event, date",
    "based_in": "org, city", "located_in": "city, country", "financed_by": "project, programme",
}
SCHEMA = """type person. type office. type organisation. type city. type country. type event. type project. type programme.
relation attended(person, event).
relation holds(person, office).
relation office_at(office, organisation).
relation member_of(person, organisation).
relation partner(organisation, project).
relation hosted(organisation, event).
relation held_in(event, city).
relation held_on(event, date).
relation based_in(organisation, city).
relation located_in(city, country).
relation financed_by(project, programme).
"""
EMPLOYER = "employer(P, O) :- holds(P, F), office_at(F, O).\n"
MET = "met(A, B) :- attended(A, E), attended(B, E), A != B.\n"
COLLEAGUE = EMPLOYER + "colleague(A, B) :- employer(A, O), employer(B, O), A != B.\n"
SQL_EMPLOYER = "employer AS (SELECT DISTINCT person AS p, org AS o FROM holds JOIN office_at USING (office))"
SQL_MET = """met AS (SELECT DISTINCT a.person AS a, b.person AS b FROM attended a JOIN attended b USING (event)
  WHERE a.person <> b.person)"""
SQL_COLLEAGUE = SQL_EMPLOYER + """, colleague AS (
  SELECT DISTINCT a.p AS a, b.p AS b FROM employer a JOIN employer b USING (o) WHERE a.p <> b.p)"""
ONE = "person_17"
ORG = "organisation_5"


def counted(columns, select):
    """How many rows a query has."""
    return f"SELECT count(*) FROM (SELECT DISTINCT {columns} {select})"


def work(name, program, sql, target=3):
    return Work("cooperation: " + name, "cooperation", GRAPHS, COLUMNS, program, sql, schema=SCHEMA, target=target)


def works():
    yield work(
        "organisations on several projects",
        "?- partner(Org, P), N = count{ Q : partner(Org, Q) }, N > 1 | select Org, N | order by N desc, Org | limit 10.\n",
        "SELECT org, count(*) AS n FROM partner GROUP BY org HAVING n > 1 ORDER BY n DESC, org LIMIT 10",
    )
    yield work(
        "projects of one organisation", f"?- partner({ORG}, P), partner(Other, P), Other != {ORG}.\n",
        f"SELECT DISTINCT a.project, b.org FROM partner a JOIN partner b USING (project)"
        f" WHERE a.org = '{ORG}' AND b.org <> '{ORG}'",
    )
    yield work(
        "who shares a project",
        "shares(A, B) :- partner(A, P), partner(B, P), A != B.\n?- N = count{ A, B : shares(A, B) }.\n",
        counted("a.org, b.org", "FROM partner a JOIN partner b USING (project) WHERE a.org <> b.org"),
    )
    yield work(
        "who met whom from another employer",
        EMPLOYER + MET + "?- N = count{ A, B : met(A, B), employer(A, O), employer(B, Q), O != Q }.\n",
        f"WITH {SQL_EMPLOYER}, {SQL_MET} "
        + counted("met.a, met.b", "FROM met JOIN employer e ON e.p = met.a JOIN employer f ON f.p = met.b WHERE e.o <> f.o"),
    )
    yield work(
        "whom one person met from another employer",
        EMPLOYER + MET + f"?- met({ONE}, B), employer({ONE}, O), employer(B, Q), O != Q | select B.\n",
        f"""WITH {SQL_EMPLOYER} SELECT DISTINCT b.person FROM attended a JOIN attended b USING (event)
JOIN employer e ON e.p = a.person JOIN employer f ON f.p = b.person
WHERE a.person = '{ONE}' AND b.person <> a.person AND e.o <> f.o""",
    )
    yield work(
        "colleagues of colleagues",
        COLLEAGUE + "?- N = count{ A, C : colleague(A, B), colleague(B, C), A != C }.\n",
        f"WITH {SQL_COLLEAGUE} "
        + counted("x.a, y.b", "FROM colleague x JOIN colleague y ON x.b = y.a WHERE x.a <> y.b"),
    )
    yield work(
        "colleagues of one person's colleagues",
        COLLEAGUE + f"?- colleague({ONE}, B), colleague(B, C), C != {ONE} | select C.\n",
        f"WITH {SQL_COLLEAGUE} SELECT DISTINCT y.b FROM colleague x JOIN colleague y ON x.b = y.a"
        f" WHERE x.a = '{ONE}' AND y.b <> '{ONE}'",
    )
    yield work(
        "organisations three shared projects apart",
        "shares(A, B) :- partner(A, P), partner(B, P).\n"
        "?- N = count{ A, D : shares(A, B), shares(B, C), shares(C, D) }.\n",
        "WITH shares AS (SELECT DISTINCT a.org AS a, b.org AS b FROM partner a JOIN partner b USING (project)) "
        + counted("x.a, z.b", "FROM shares x JOIN shares y ON x.b = y.a JOIN shares z ON y.b = z.a"),
        target=10,
    )
    yield work(
        "persons three meetings from one person",
        MET + f"?- N = count{{ D : met({ONE}, B), met(B, C), met(C, D) }}.\n",
        f"WITH {SQL_MET} "
        + counted("z.b", f"FROM met x JOIN met y ON x.b = y.a JOIN met z ON y.b = z.a WHERE x.a = '{ONE}'"),
        target=10,
    )
    yield work(
        "persons linked by meetings to one person",
        MET + f"?- N = count{{ B : met+({ONE}, B) }}.\n",
        f"""WITH RECURSIVE linked(p) AS (
  SELECT b.person FROM attended a JOIN attended b USING (event) WHERE a.person = '{ONE}' AND b.person <> a.person
  UNION SELECT b.person FROM linked JOIN attended a ON a.person = linked.p JOIN attended b ON b.event = a.event
  WHERE b.person <> a.person)
SELECT count(*) FROM linked""",
    )
