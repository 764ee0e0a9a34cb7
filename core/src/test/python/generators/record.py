"""Records what CPython's generators do in random programs, as the reference for jasyncio's.

Run from the repository's root with CPython 3.13:

    python3.13 core/src/test/python/generators/record.py                            record the programs of the tests
    python3.13 core/src/test/python/generators/record.py --check                    compare, write nothing, exit code 1 on a difference
    python3.13 core/src/test/python/generators/record.py --seed S --count N FILE    record others

A program is the bodies of a few generators and what is done to them from outside. A file has two lines for each: the
program, and its log with ` | ` between the lines. `jasyncio.generator.RandomProgramsTest` runs the same programs; to run
another file there: `-Djasyncio.generators.programs=FILE`.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True

from execution import run
from grammar import Grammar

RECORDING = pathlib.Path(__file__).resolve().parents[2] / "resources" / "generators" / "programs.txt"
SEED = 1
COUNT = 300


def record(seed, count):
    sys.unraisablehook = lambda _: None  # what generators say that are collected half-way, after their program
    lines = []
    for each in range(seed, seed + count):
        program = Grammar(each).program()
        lines.append(text(program))
        lines.append(" | ".join(run(program)))
    return "".join(line + "\n" for line in lines)


def text(program):
    """A program as an expression in parentheses."""
    if isinstance(program, (list, tuple)):
        return "(" + " ".join(text(each) for each in program) + ")"
    return str(program)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("file", nargs="?", type=pathlib.Path, default=RECORDING)
    arguments = parser.parse_args()
    recorded = record(arguments.seed, arguments.count)
    if arguments.check:
        same = arguments.file.read_text() == recorded
        print(f"{arguments.count} programs, {'the same' if same else 'they differ'}")
        return 0 if same else 1
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    arguments.file.write_text(recorded)
    print(f"{arguments.count} programs written to {arguments.file}")
    return 0


if __name__ == "__main__":
    if sys.version_info[:2] != (3, 13):
        raise SystemExit(f"The recordings are made with CPython 3.13, this is {sys.version.split()[0]}")
    raise SystemExit(main())
