"""Draws the times at middle size: a line for each work, a dot for each system, on a scale of powers of ten."""
import math
from html import escape

COLOURS = ["#1b5fa8", "#d9730d", "#2f8f4e", "#8a4fb0", "#b03a48", "#6b6b6b"]
LEFT, WIDTH, LINE, TOP = 380, 560, 17, 60


def draw(path, entries, systems):
    """Writes the picture of the entries of middle size with one thread."""
    entries = [entry for entry in entries if entry.size == "middle" and entry.threads == 1]
    works = list(dict.fromkeys(entry.work for entry in entries))
    times = [entry.seconds for entry in entries if not entry.stopped]
    if not times:
        return
    first, last = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def across(seconds):
        return LEFT + WIDTH * (math.log10(seconds) - first) / (last - first)

    height = TOP + LINE * len(works) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LEFT + WIDTH + 40} {height}"'
        ' font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *legend(systems), *axis(first, last, across, height),
    ]
    for number, work in enumerate(works):
        parts += line(work, TOP + LINE * number + 12, entries, systems, across)
    with open(path, "w") as file:
        file.write("\n".join(parts + ["</svg>"]) + "\n")


def legend(systems):
    for number, system in enumerate(systems):
        x = LEFT + number * 115
        yield f'<circle cx="{x}" cy="16" r="5" fill="{COLOURS[number]}"/>'
        yield f'<text x="{x + 9}" y="20" fill="#222222">{escape(system)}</text>'


def axis(first, last, across, height):
    for power in range(first, last + 1):
        x = across(10**power)
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 10}" y2="{height - 10}" stroke="#dddddd"/>'
        yield f'<text x="{x:.1f}" y="{TOP - 15}" text-anchor="middle" fill="#555555">{duration(power)}</text>'


def duration(power):
    """A power of ten of seconds, in the unit in which it is read."""
    unit, more = ("s", 0) if power >= 0 else ("ms", 3) if power >= -3 else ("µs", 6)
    return f"{10 ** (power + more):g} {unit}"


def line(work, y, entries, systems, across):
    """A work's name, a thin line from the fastest to the slowest, and the dots; ours is drawn last."""
    found = {entry.system: entry.seconds for entry in entries if entry.work == work and not entry.stopped}
    yield f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end" fill="#222222">{escape(work)}</text>'
    if found:
        fastest, slowest = across(min(found.values())), across(max(found.values()))
        yield f'<line x1="{fastest:.1f}" x2="{slowest:.1f}" y1="{y}" y2="{y}" stroke="#bbbbbb"/>'
    for number, system in reversed(list(enumerate(systems))):
        if system in found:
            yield f'<circle cx="{across(found[system]):.1f}" cy="{y}" r="4.5" fill="{COLOURS[number]}"/>'
