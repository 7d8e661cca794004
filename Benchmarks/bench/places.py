"""Where things lie in the project."""
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
BENCHMARKS = PACKAGE.parent
ROOT = BENCHMARKS.parent
GRAPH = str(ROOT / "Graph")
TILTAS = str(ROOT / ".build/release/tiltas")
SET_BENCHMARK = str(ROOT / ".build/release/SetBenchmark")


def program(name):
    """A file of `programs/`, which runs as a process of its own."""
    return str(PACKAGE / "programs" / name)
