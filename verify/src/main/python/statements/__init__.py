"""The statements of the program language, one module for each kind."""

from . import callbacks, contexts, control, futures, groups, locks, queues, tasks, timeouts, waiting
