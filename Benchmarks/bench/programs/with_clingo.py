"""Grounds a program with clingo and prints how many atoms each relation has: with_clingo.py FACTS PROGRAM NAME/ARITY…"""
import sys

import clingo


def main():
    facts, program, *relations = sys.argv[1:]
    control = clingo.Control(["--warn=none"])
    control.load(facts)
    control.load(program)
    control.ground()
    counts = []
    for relation in relations:
        name, arity = relation.split("/")
        counts.append(sum(1 for _ in control.symbolic_atoms.by_signature(name, int(arity))))
    print(*counts, sep="\t")


main()
