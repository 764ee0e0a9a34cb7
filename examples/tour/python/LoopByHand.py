"""Course notes 1, 2.1, and 2: pseudo-code of the event loop

Changed: made real. A task is a generator that yields the moment it wants to run again; time is a number.
"""

def task(name, *pauses):
    for pause in pauses:
        print(f"{now:.0f} s: {name} runs")
        yield now + pause
    print(f"{now:.0f} s: {name} is done")


now = 0.0
tasks = {task("task 1", 2, 2): 0.0, task("task 2", 1, 1, 1): 0.0, task("task 3"): 0.0}

while True:
    ready = [t for t, wake in tasks.items() if wake <= now]
    done = []

    for t in ready:
        try:
            tasks[t] = next(t)
        except StopIteration:
            done.append(t)

    for t in done:
        del tasks[t]

    if not tasks:
        break
    now = min(tasks.values())

print("all tasks are done")
