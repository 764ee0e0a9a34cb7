"""What a case logs with.

Values and exceptions are shown in words that belong neither to Python nor to Java: no value and None are both `none`,
several values are a list, and exceptions are `failed: boom`, `exit`, `greenlet error`, `invalid argument`, `not settable`.
"""

import threading

import greenlet


class Failed(Exception):
    """What cases raise to fail."""


class Journal:
    def __init__(self):
        self.main = greenlet.getcurrent()
        self._names = {self.main: "main"}
        self._lines = []
        self._finished = False

    def new(self, name, body, parent=None):
        """Creates a greenlet with a name for the log, under which it can be looked up."""
        created = greenlet.greenlet(body, parent)
        self._names[created] = name
        return created

    def __getitem__(self, name):
        return next(each for each, known in self._names.items() if known == name)

    def log(self, text):
        if not self._finished:
            self._lines.append(text)

    def finish(self):
        self._finished = True
        return self._lines

    def current(self):
        return self.show(greenlet.getcurrent())

    def call(self, label, body):
        """Calls the body and logs its value or what it raises."""
        try:
            value = body()
        except BaseException as exception:
            self.log(f"{label}: raised {self.show(exception)}")
        else:
            self.log(f"{label}: {self.show(value)}")

    def state(self, *names):
        """Logs where greenlets stand."""
        for name in names:
            each = self[name]
            self.log(
                f"{name}: {'active' if each else 'inactive'}, {'dead' if each.dead else 'not dead'}, parent {self.show(each.parent)}"
            )

    def trace(self, event, arguments):
        """A tracer that logs."""
        origin, target = arguments
        self.log(f"traced {event} {self.show(origin)} to {self.show(target)} in {self.current()}")

    def elsewhere(self, body):
        """Runs the body on another thread, to its end."""
        thread = threading.Thread(target=body)
        thread.start()
        thread.join()

    def show(self, value):
        if isinstance(value, greenlet.greenlet):
            return self._names.get(value, "unknown")
        if value is None or value == ():
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (tuple, list)):
            return "[" + ", ".join(self.show(each) for each in value) + "]"
        if isinstance(value, greenlet.GreenletExit):
            return f"exit: {value}" if value.args else "exit"
        if isinstance(value, Failed):
            return f"failed: {value}"
        if isinstance(value, greenlet.error):
            return "greenlet error"
        if isinstance(value, (ValueError, TypeError)):
            return "invalid argument"
        if isinstance(value, AttributeError):
            return "not settable"
        if isinstance(value, BaseException):
            return f"unexpected {value!r}"
        return str(value)
