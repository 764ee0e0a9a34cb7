"""Records how CPython's asyncio behaves, as the reference for jasyncio's trace tests.

Run from the repository's root with CPython 3.13:

    python3.13 core/src/test/python/record.py              record every case
    python3.13 core/src/test/python/record.py NAME...      record these cases only
    python3.13 core/src/test/python/record.py --check      compare, write nothing, exit code 1 on a difference

Every case in the modules of `cases` is run on an event loop with a virtual clock, and its log becomes
`core/src/test/resources/traces/NAME.txt`; `index.txt` there lists all names. The package
`jasyncio.traces` holds the same cases in Java, and its test compares the two logs line by line.
"""

import asyncio
import importlib
import logging
import pathlib
import pkgutil
import sys
import warnings

sys.dont_write_bytecode = True

import cases
from tracing import Trace
from virtual import VirtualLoop

RECORDINGS = pathlib.Path(__file__).resolve().parents[1] / "resources" / "traces"


def find_cases():
    """Maps each case's name to its function: a public function of a case module whose first parameter is `t`."""
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
    """Runs a case and returns its log.

    A coroutine function is the main task of its loop; its outcome is the log's last line. A plain
    function gets the loop before it runs and drives it.
    """
    loop = VirtualLoop()
    trace = Trace(loop)
    loop.set_exception_handler(trace.on_failure)
    try:
        if asyncio.iscoroutinefunction(case):
            main = loop.create_task(case(trace), name="main")
            trace.call("main", lambda: loop.run_until_complete(main))
        else:
            case(trace)
    finally:
        lines = trace.finish()
        dismantle(loop)
    return lines


def dismantle(loop):
    """Ends what the case left behind, after its log is complete."""
    if loop.is_closed():
        return
    for _ in range(10):
        left = [task for task in loop.created if not task.done()]
        if not left:
            break
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.wait(left, timeout=1000))
    loop.close()


def main(arguments):
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    check = "--check" in arguments
    wanted = [argument for argument in arguments if argument != "--check"]
    found = find_cases()
    unknown = [name for name in wanted if name not in found]
    if unknown:
        raise SystemExit(f"No such case: {', '.join(unknown)}")
    differing = []
    contents = {name: run_case(found[name]) for name in wanted or found}
    for name, lines in contents.items():
        if not lines:
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
    if sys.version_info[:2] != (3, 13):
        raise SystemExit(f"The recordings are made with CPython 3.13, this is {sys.version.split()[0]}")
    raise SystemExit(main(sys.argv[1:]))
