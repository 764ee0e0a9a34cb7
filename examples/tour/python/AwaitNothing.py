"""Course notes 2, pitfalls: await of what is not awaitable

Changed: the notes quote the message.
"""

import asyncio


def plain():
    print("an ordinary function")


async def main():
    try:
        await plain()
    except TypeError as e:
        print("TypeError:", e)


asyncio.run(main())
