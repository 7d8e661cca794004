"""Facts of programs as static analyses read them: pointers in C and virtual calls in Java."""
import numpy as np

from . import graphs
from .data import write_table


def andersen(variables, seed=5):
    """Addresses taken, copies, loads and stores between variables."""
    chance = np.random.default_rng(seed)

    def some(count):
        return graphs.distinct(chance.integers(0, variables, count), chance.integers(0, variables, count))

    def write(folder):
        write_table(folder, "address_of", *some(variables))
        write_table(folder, "assign", *some(variables))
        write_table(folder, "load", *some(variables // 3))
        write_table(folder, "store", *some(variables // 3))

    return write


def cspa(variables, seed=6):
    """Assignments and dereferences."""
    chance = np.random.default_rng(seed)

    def near(count):
        starts = chance.integers(0, variables, count)
        ends = np.minimum(variables - 1, starts + chance.integers(1, 40, count))
        return graphs.distinct(starts, ends)

    def write(folder):
        write_table(folder, "assign", *near(variables))
        write_table(folder, "dereference", *near(variables // 2))

    return write


MODULE = 40
"""So many methods make a module, which for the most part uses its own types."""


def objects(methods, seed=8):
    """Methods with their variables, allocations, moves, fields and virtual calls, and types that say what is called."""
    chance = np.random.default_rng(seed)
    modules, signatures, fields = methods // MODULE, 20, 20
    types, sites, calls = modules * 5, methods * 3, methods * 3

    def local(count):
        """A method and two of its eight variables, so many times."""
        method = chance.integers(0, methods, count)
        return method, method * 8 + chance.integers(0, 8, count), method * 8 + chance.integers(0, 8, count)

    def type_used(method):
        """Mostly a type of the method's module."""
        own = method // MODULE * 5 + chance.integers(0, 5, len(method))
        return np.where(chance.random(len(method)) < 0.02, chance.integers(0, types, len(method)), own)

    method, variable, _ = local(sites)
    heap = np.arange(sites)
    caller, base, argument = local(calls)
    _, to, source = local(methods * 2)
    _, loaded, load_base = local(methods)
    _, stored, store_base = local(methods)
    type_of, signature = np.divmod(np.arange(types * signatures), signatures)
    target = type_of // 5 * MODULE + chance.integers(0, MODULE, types * signatures)

    def write(folder):
        write_table(folder, "alloc", variable, heap, method)
        write_table(folder, "heap_type", heap, type_used(method))
        write_table(folder, "move", to, source)
        write_table(folder, "load", loaded, load_base, chance.integers(0, fields, methods))
        write_table(folder, "store", store_base, chance.integers(0, fields, methods), stored)
        write_table(folder, "virtual_call", np.arange(calls), base, chance.integers(0, signatures, calls), caller)
        write_table(folder, "actual", np.arange(calls), chance.integers(0, 2, calls), argument)
        write_table(folder, "formal", np.repeat(np.arange(methods), 2), np.tile([0, 1], methods),
                    np.repeat(np.arange(methods) * 8, 2) + np.tile([1, 2], methods))
        write_table(folder, "this_variable", np.arange(methods), np.arange(methods) * 8)
        write_table(folder, "lookup", type_of, signature, target)
        write_table(folder, "entry", np.arange(0, methods, MODULE))

    return write
