"""The statements of the program language by name.

A plain statement is a function of the frame and the statement, and may return a text to log. A suspending one
is a coroutine function, and may return a tuple of the value that the body is to return.
"""

PLAIN = {}
SUSPENDING = {}

NOTHING = "nothing there"


def plain(function):
    PLAIN[_name(function)] = function
    return function


def suspending(function):
    SUSPENDING[_name(function)] = function
    return function


def _name(function):
    first, *rest = function.__name__.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)
