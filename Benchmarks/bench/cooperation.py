"""A graph of cooperation of the shape of the project's own: persons, offices, organisations, cities, events, projects."""
import numpy as np

from .data import write_table
from .graphs import distinct


def skewed(chance, count, things):
    """Things drawn so that some come often: those with small numbers."""
    return (things * chance.random(count) ** 1.5).astype(np.int64)


def fill(facts, seed=7):
    """What writes about that many facts into a folder, a file a relation."""
    chance = np.random.default_rng(seed)
    persons, offices, organisations = facts * 12 // 100, facts * 13 // 100, facts * 2 // 100
    events, projects, programmes = facts * 4 // 100, facts * 12 // 1000, max(4, facts // 20000)
    cities, countries = max(8, facts // 2000), 12

    def some(share, left, right, skew_left=False, skew_right=False):
        count = facts * share // 100
        return distinct(
            skewed(chance, count, left) if skew_left else chance.integers(0, left, count),
            skewed(chance, count, right) if skew_right else chance.integers(0, right, count),
        )

    def each(things, right):
        return np.arange(things), chance.integers(0, right, things)

    extra = chance.integers(0, persons, facts * 3 // 100)
    relations = {
        "attended": (some(40, persons, events, skew_left=True), "person", "event"),
        "holds": (distinct(np.append(np.arange(persons), extra), chance.integers(0, offices, persons + len(extra))),
                  "person", "office"),
        "office_at": (each(offices, organisations), "office", "organisation"),
        "member_of": (some(9, persons, organisations), "person", "organisation"),
        "partner": (some(6, organisations, projects, skew_left=True), "organisation", "project"),
        "held_in": (each(events, cities), "event", "city"),
        "based_in": (each(organisations, cities), "organisation", "city"),
        "located_in": (each(cities, countries), "city", "country"),
        "financed_by": (each(projects, programmes), "project", "programme"),
    }
    relations["hosted"] = (each(events, organisations)[::-1], "organisation", "event")
    days = chance.integers(0, 5 * 365, events)
    dates = (np.datetime64("2010-01-01") + days).astype(str)

    def write(folder):
        for name, (columns, left, right) in relations.items():
            write_table(folder, name, *columns, prefixes=(left + "_", right + "_"))
        write_table(folder, "held_on", np.arange(events), dates, prefixes=("event_", ""))

    return write
