"""Runs programs on CPython's asyncio: reads one in JSON from each line, writes its trace in JSON on a line."""

import gc
import json
import logging
import sys
import warnings

sys.dont_write_bytecode = True

import statements  # fills the vocabulary
from execution import Execution


def main():
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    sys.set_coroutine_origin_tracking_depth(0)
    gc.set_threshold(50_000)
    for line in sys.stdin:
        json.dump(Execution(json.loads(line)).run(), sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.version_info[:2] != (3, 13):
        raise SystemExit(f"The reference is CPython 3.13, this is {sys.version.split()[0]}")
    main()
