"""Course notes 1, 2.2 and 2.3: run inside a running loop

Changed: the notes ran their cells in a notebook, whose loop is running; so does this one, inside a coroutine.
"""

import asyncio


async def func():
    return "value"


async def cell():
    coroutine = func()
    try:
        asyncio.run(coroutine)
    except RuntimeError as e:
        print("RuntimeError:", e)
    print("just await it:", await coroutine)


asyncio.run(cell())
