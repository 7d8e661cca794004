"""Wide relations joined on two columns, and bodies that compute with text, dates and numbers."""
import numpy as np

from ..data import write_table
from ..work import Data, Work


def shipments(rows, seed=9):
    """Orders, deliveries, prices and readings: three to six columns, of which two are shared."""
    def fill(folder):
        chance = np.random.default_rng(seed)
        def some(things):
            return chance.integers(0, things, rows)
        products, days, depots, customers = max(10, rows // 50), 60, 200, max(10, rows // 10)
        write_table(folder, "ordered", some(customers), some(products), some(days))
        write_table(folder, "delivered", some(products), some(days), some(depots), some(20))
        write_table(folder, "priced", some(depots), some(20), some(5), some(1000), some(100))
        write_table(folder, "measured", some(products), some(depots), some(days), some(20), some(5), some(1000))
    return Data(f"shipments-{rows}", f"{rows:,} rows a relation", fill)


def journal(rows, seed=10):
    """Entries with a title, a day, an amount and a rate."""
    def fill(folder):
        chance = np.random.default_rng(seed)
        kinds = np.array(["Visit to", "Meeting in", "Letter from", "Report on", "Concert in", "Signing at"])
        towns = np.array(["Klaipėda", "Kaliningrad", "Šilutė", "Svetlogorsk", "Nida", "Gdańsk", "Palanga", "Ventspils"])
        numbers = chance.integers(0, 10_000, rows).astype(str)
        titles = np.char.add(np.char.add(kinds[chance.integers(0, 6, rows)], " "), towns[chance.integers(0, 8, rows)])
        titles = np.char.add(np.char.add(titles, ", no. "), numbers)
        days = (np.datetime64("2000-01-01") + chance.integers(0, 20 * 365, rows)).astype(str)
        write_table(folder, "entry", np.arange(rows), titles, days, chance.integers(0, 100_000, rows))
    return Data(f"journal-{rows}", f"{rows:,} rows", fill)


WIDE = tuple(shipments(rows) for rows in (10_000, 100_000, 1_000_000))
WIDE_COLUMNS = {
    "ordered": "customer, product, day", "delivered": "product, day, depot, kind",
    "priced": "depot, kind, class, amount, tax", "measured": "product, depot, day, kind, class, value",
}
JOURNAL = tuple(journal(rows) for rows in (30_000, 300_000, 1_000_000))
ENTRY = {"entry": "id, title, day, amount"}
SCHEMA = "relation entry(integer, string, date, integer).\n"


def wide(name, program, sql):
    return Work("wide: " + name, "wide relations", WIDE, WIDE_COLUMNS, program, sql)


def values(name, program, sql):
    return Work("values: " + name, "text, dates, arithmetic", JOURNAL, ENTRY, program, sql, schema=SCHEMA)


def works():
    yield wide(
        "three columns with four",
        "?- N = count{ C, D : ordered(C, P, T), delivered(P, T, D, _) }.\n",
        "SELECT count(*) FROM (SELECT DISTINCT customer, depot FROM ordered JOIN delivered USING (product, day))",
    )
    yield wide(
        "four columns with five",
        "cost(P, C, A) :- delivered(P, _, D, K), priced(D, K, C, A, _), A < 100.\n"
        "?- N = count{ P, C, A : cost(P, C, A) }.\n",
        "SELECT count(*) FROM (SELECT DISTINCT product, class, amount FROM delivered JOIN priced USING (depot, kind)"
        " WHERE amount < 100)",
    )
    yield wide(
        "three, four and six columns",
        "?- N = count{ C, V : ordered(C, P, T), delivered(P, T, D, K), measured(P, D, _, K, _, V) }.\n",
        "SELECT count(*) FROM (SELECT DISTINCT customer, value FROM ordered JOIN delivered USING (product, day)"
        " JOIN measured USING (product, depot, kind))",
    )
    yield wide(
        "one product's orders and deliveries",
        "?- ordered(C, 7, T), delivered(7, T, D, K) | select C, D.\n",
        "SELECT DISTINCT customer, depot FROM ordered JOIN delivered USING (product, day) WHERE product = 7",
    )
    yield values(
        "text searched and counted by day",
        '?- N = count{ I : entry(I, T, _, _), contains(T, "Šilutė"), starts_with(T, "Visit") }.\n',
        "SELECT count(DISTINCT id) FROM entry WHERE contains(title, 'Šilutė') AND starts_with(title, 'Visit')",
    )
    yield values(
        "text without case, by its words",
        '?- N = count{ W : entry(_, T, _, _), W = replace(lower(T), ", no. ", "-") }.\n',
        "SELECT count(DISTINCT replace(lower(title), ', no. ', '-')) FROM entry",
    )
    yield values(
        "entries and amounts by year and month",
        "in_month(I, Y, M, A) :- entry(I, _, D, A), Y = year(D), M = month(D).\n"
        "by_month(Y, M, N, Sum) :- in_month(_, Y, M, _), N = count{ I : in_month(I, Y, M, _) },"
        " Sum = sum{ A, I : in_month(I, Y, M, A) }.\n"
        "?- by_month(Y, M, N, Sum) | order by Y, M | limit 12.\n",
        "SELECT year(day) y, month(day) m, count(*), sum(amount) FROM entry GROUP BY y, m ORDER BY y, m LIMIT 12",
    )
    yield values(
        "dates in a span",
        "?- N = count{ I : entry(I, _, D, _), D >= 2005-03-01, D < 2009-10-15, during(D, 2007-01-01/2010-01-01) }.\n",
        "SELECT count(*) FROM entry WHERE day >= '2005-03-01' AND day < '2009-10-15'"
        " AND day BETWEEN '2007-01-01' AND '2010-01-01'",
    )
    yield values(
        "arithmetic",
        "?- N = count{ I : entry(I, _, _, A), (A * 21 + I) mod 7 = 3 },"
        " Sum = sum{ B, I : entry(I, _, _, A), B = A * 3 - I mod 10, B > 1000 }.\n",
        "SELECT count(*) FILTER ((amount * 21 + id) % 7 = 3),"
        " sum(amount * 3 - id % 10) FILTER (amount * 3 - id % 10 > 1000) FROM entry",
    )
