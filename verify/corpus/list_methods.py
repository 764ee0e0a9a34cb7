"""Lists the test methods of those of CPython's test files that the corpus covers, as they are written in the source.

    python3.13 verify/corpus/list_methods.py > verify/corpus/methods.txt

The first line names the version, each other one a file and a method, separated by a tab. A method of a base class
is listed once, under the class that defines it; a test that a class decorator adds is listed under the decorator.
Exit code 3 if this Python came without its tests.
"""

import ast
import os
import pathlib
import platform
import sys

FILES = [
    "test_asyncio/test_base_events.py",
    "test_asyncio/test_buffered_proto.py",
    "test_asyncio/test_eager_task_factory.py",
    "test_asyncio/test_events.py",
    "test_asyncio/test_futures.py",
    "test_asyncio/test_locks.py",
    "test_asyncio/test_pep492.py",
    "test_asyncio/test_queues.py",
    "test_asyncio/test_runners.py",
    "test_asyncio/test_sendfile.py",
    "test_asyncio/test_server.py",
    "test_asyncio/test_sock_lowlevel.py",
    "test_asyncio/test_staggered.py",
    "test_asyncio/test_streams.py",
    "test_asyncio/test_subprocess.py",
    "test_asyncio/test_taskgroups.py",
    "test_asyncio/test_tasks.py",
    "test_asyncio/test_threads.py",
    "test_asyncio/test_timeouts.py",
    "test_asyncio/test_waitfor.py",
    "test_context.py",
]


def is_test(function):
    """A function of that name without self is a part of a test."""
    arguments = function.args.posonlyargs + function.args.args
    return function.name.startswith("test") and arguments and arguments[0].arg == "self"


def methods(node, owner):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if is_test(child):
                yield f"{owner}.{child.name}"
            else:
                yield from methods(child, child.name)
        elif isinstance(child, ast.ClassDef):
            yield from methods(child, child.name)
        else:
            yield from methods(child, owner)


def main():
    tests = pathlib.Path(os.__file__).parent / "test"
    if not all((tests / file).exists() for file in FILES):
        print(f"{sys.executable} came without its tests", file=sys.stderr)
        return 3
    print(f"CPython {platform.python_version()}")
    for file in FILES:
        path = tests / file
        for method in methods(ast.parse(path.read_text(encoding="utf-8")), path.stem):
            print(f"{path.stem}\t{method}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
