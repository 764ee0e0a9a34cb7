"""Records how the C extension greenlet behaves, as the reference for jasyncio's greenlets.

Run from the repository's root with a Python that has greenlet 2 or newer (Debian: python3-greenlet):

    python3 core/src/test/python/greenlets/record.py              record every case
    python3 core/src/test/python/greenlets/record.py NAME...      record these cases only
    python3 core/src/test/python/greenlets/record.py --check      compare, write nothing, exit code 1 on a difference

Each case in the modules of `cases` is run on a thread of its own, and its log becomes
`core/src/test/resources/greenlets/NAME.txt`; `index.txt` there lists all names. The test package
`jasyncio.greenlet` holds the same cases in Java, and its test compares the two logs line by line.
"""

import importlib
import pathlib
import pkgutil
import sys
import threading

sys.dont_write_bytecode = True

import cases
from journal import Journal

RECORDINGS = pathlib.Path(__file__).resolve().parents[2] / "resources" / "greenlets"


def find_cases():
    """Maps each case's name to its function: a public function of a case module."""
    found = {}
    for module_info in sorted(pkgutil.iter_modules(cases.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"cases.{module_info.name}")
        for name, value in vars(module).items():
            if callable(value) and getattr(value, "__module__", "") == module.__name__ and not name.startswith("_"):
                if name in found:
                    raise SystemExit(f"Two cases are named {name}")
                found[name] = value
    return found


def run_case(case):
    """Runs a case on a new thread, so with a main greenlet of its own, and returns its log."""
    lines = []

    def run():
        journal = Journal()
        journal.call("case", lambda: case(journal))
        lines.extend(journal.finish())

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return lines


def main(arguments):
    check = "--check" in arguments
    wanted = [argument for argument in arguments if argument != "--check"]
    found = find_cases()
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise SystemExit(f"No such case: {', '.join(unknown)}")
    differing = []
    contents = {name: run_case(found[name]) for name in wanted or found}
    for name, lines in contents.items():
        if len(lines) < 2:
            raise SystemExit(f"{name} logged nothing")
        if not write(RECORDINGS / f"{name}.txt", lines, check):
            differing.append(name)
    if not write(RECORDINGS / "index.txt", sorted(found), check):
        differing.append("index")
    stale = sorted({path.stem for path in RECORDINGS.glob("*.txt")} - set(found) - {"index"})
    if stale:
        raise SystemExit(f"Recordings without a case, to be deleted: {', '.join(stale)}")
    print(f"{len(contents)} cases, {len(differing)} {'differ' if check else 'changed'}: {' '.join(differing)}")
    return 1 if check and differing else 0


def write(path, lines, check):
    """Brings a file up to date unless only checking; tells whether it already was."""
    text = "".join(line + "\n" for line in lines)
    same = path.exists() and path.read_text() == text
    if not same and not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return same


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
