"""Records what CPython 3.13 prints for the programs of the tour.

Run from the repository's root:

    python3.13 examples/tour/python/record.py              record every program
    python3.13 examples/tour/python/record.py NAME...      record these only
    python3.13 examples/tour/python/record.py --check      compare, write nothing, exit code 1 on a difference
    ... --greenlet-python PYTHON                           runs Greenlets.py; an interpreter that has the package greenlet
    ... --uvloop-python PYTHON                             runs Engines.py; an interpreter that has the package uvloop

Each program runs in an interpreter of its own, and what it writes to standard output and standard error becomes
`examples/tour/expected/NAME.txt`, which the tests compare with what its Java twin prints. Programs that the index does
not call `real` run in virtual time: their loops jump over pauses, and `time.time()` and `time.sleep()` follow the loop.

What differs from run to run, and how Python spells values, is normalised:

- an address, an `id`, the number of an unnamed task and, in programs on the real clock, a number with decimals becomes
  an ellipsis, which stands for anything within a line;
- the directory of a file is left out;
- None, True and False become null, true and false, and the states of generators lose their `GEN_`;
- strings inside a list lose their quotes.
"""

import argparse
import pathlib
import re
import runpy
import subprocess
import sys
import time

sys.dont_write_bytecode = True

PROGRAMS = pathlib.Path(__file__).resolve().parent
TOUR = PROGRAMS.parent
EXPECTED = TOUR / "expected"
VIRTUAL_LOOP = TOUR.parents[1] / "core" / "src" / "test" / "python"
LIMIT_SECONDS = 60


def index():
    """Maps the names of the index to the words that stand after them, in order."""
    lines = (TOUR / "index.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split() for line in lines if line and line[0] not in "#="]
    return {name: words for name, *words in entries}


# ---------------------------------------------------------------- in the interpreter of a program


def run_virtual(program):
    """Runs a program whose pauses take no time."""
    import asyncio

    sys.path.insert(0, str(VIRTUAL_LOOP))
    from virtual import VirtualLoop

    class VirtualPolicy(asyncio.DefaultEventLoopPolicy):
        def new_event_loop(self):
            global loop
            loop = VirtualLoop()
            loop.advance(now)
            return loop

    def current_time():
        return loop.time() if loop else now

    def advance(seconds):
        global now
        now += seconds
        if loop:
            loop.advance(seconds)

    asyncio.set_event_loop_policy(VirtualPolicy())
    time.time = current_time
    time.sleep = advance
    runpy.run_path(str(program), run_name="__main__")


loop = None
now = 0.0


# ---------------------------------------------------------------- recording


def record(name, words, greenlet_python, uvloop_python):
    program = PROGRAMS / f"{name}.py"
    if "greenlet" in program.read_text(encoding="utf-8"):
        command = [greenlet_python, str(program)]
    elif "import uvloop" in program.read_text(encoding="utf-8"):
        command = [uvloop_python, str(program)]
    elif "real" in words:
        command = [sys.executable, str(program)]
    else:
        command = [sys.executable, __file__, "--run", str(program)]
    ended = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
        encoding="utf-8",
        timeout=LIMIT_SECONDS,
    )
    if ended.returncode != 0:
        raise SystemExit(f"{name}.py failed with exit code {ended.returncode}:\n{ended.stdout}")
    return normalise(ended.stdout, "real" in words)


def normalise(text, real):
    if real:
        text = re.sub(r"\b\d+\.\d+\b", "…", text)
    text = re.sub(r"0x[0-9a-fA-F]+|\b\d{9,}\b|(?<=Task-)\d+", "…", text)
    text = text.replace("GEN_", "")
    text = re.sub(r"(?<=[\s'\"])/[^\s'\":]*/", "", text)
    text = re.sub(r"^/[^\s:]*/", "", text, flags=re.MULTILINE)
    for python, java in ("None", "null"), ("True", "true"), ("False", "false"):
        text = re.sub(rf"\b{python}\b", java, text)
    return re.sub(r"\[[^\[\]]*\]", lambda items: re.sub(r"(?<=[\[ ])'([^']*)'(?=[,\]])", r"\1", items[0]), text)


def main():
    parser = argparse.ArgumentParser(description="Records what CPython prints for the programs of the tour")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--greenlet-python", default="python3", metavar="PYTHON", help="has the package greenlet")
    parser.add_argument("--uvloop-python", default="python3", metavar="PYTHON", help="has the package uvloop")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        run_virtual(pathlib.Path(arguments.run))
        return
    if sys.version_info[:2] != (3, 13):
        raise SystemExit(f"The recordings are those of CPython 3.13; this is {sys.version.split()[0]}")

    programs = index()
    unknown = set(arguments.names) - set(programs)
    if unknown:
        raise SystemExit(f"Not in the index: {', '.join(sorted(unknown))}")
    differences = 0
    for name in arguments.names or programs:
        printed = record(name, programs[name], arguments.greenlet_python, arguments.uvloop_python)
        expected = EXPECTED / f"{name}.txt"
        if not arguments.check:
            expected.write_text(printed, encoding="utf-8")
        elif not expected.exists() or expected.read_text(encoding="utf-8") != printed:
            differences += 1
            print(f"{name}: differs from {expected.relative_to(TOUR)}")
    print(f"{len(arguments.names or programs)} programs, {differences} differences" if arguments.check else "recorded")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
