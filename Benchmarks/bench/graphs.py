"""Graphs as two arrays of nodes, the starts and the ends of their edges. The same seed makes the same graph."""
import numpy as np


def distinct(starts, ends):
    """The edges, each once, in order."""
    width = int(max(starts.max(), ends.max())) + 1
    keys = np.sort(starts.astype(np.int64) * width + ends)
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])]
    return np.divmod(keys, width)


def some_of(starts, ends, edges, chance):
    """So many of the edges, in order."""
    kept = np.zeros(len(starts), bool)
    kept[chance.permutation(len(starts))[:edges]] = True
    return starts[kept], ends[kept]


def random(nodes, edges, seed=1):
    """Edges between nodes of equal chance."""
    chance = np.random.default_rng(seed)
    tries = edges * 11 // 10
    starts, ends = distinct(chance.integers(0, nodes, tries), chance.integers(0, nodes, tries))
    return some_of(starts, ends, edges, chance)


def grid(side):
    """From each node to its right and its lower neighbour."""
    node = np.arange(side * side).reshape(side, side)
    return (
        np.concatenate([node[:, :-1].ravel(), node[:-1].ravel()]),
        np.concatenate([node[:, 1:].ravel(), node[1:].ravel()]),
    )


def chain(edges):
    return np.arange(edges), np.arange(1, edges + 1)


def cycle(nodes):
    return np.arange(nodes), (np.arange(nodes) + 1) % nodes


def tree(nodes):
    """A binary tree, complete but for its last layer, from parents to children."""
    children = np.arange(2, nodes + 1)
    return children // 2, children


def power_law(nodes, edges, seed=4):
    """A few nodes have very many edges: the chance of a node falls with its number."""
    chance = np.random.default_rng(seed)
    tries = edges * 3 // 2
    starts = (nodes * chance.random(tries) ** 2.5).astype(np.int64)
    ends = (nodes * chance.random(tries) ** 2.5).astype(np.int64)
    starts, ends = distinct(starts[starts != ends], ends[starts != ends])
    return some_of(starts, ends, edges, chance)
