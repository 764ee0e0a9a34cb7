"""Course notes 1, 2.9, and 2: uvloop

Changed: the notes name the policy and leave out the program; this one runs on asyncio's own loop, then on uvloop's. Since Python 3.12 a
`loop_factory` is what uvloop's authors recommend, and 3.14 deprecates policies: the notes' line stands in a comment. `Server` closes
without waiting.
"""

import asyncio

import uvloop


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def ask(port, question):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{question}\n".encode())
    answer = (await reader.readline()).decode().rstrip()
    writer.close()
    await writer.wait_closed()
    return answer


async def program():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(await asyncio.gather(ask(port, "ham"), ask(port, "spam"), ask(port, "eggs")))
    server.close()


print("the default:")
asyncio.run(program())

print("another engine:")
# asyncio.set_event_loop_policy(uvloop.EventLoopPolicy()), then asyncio.run(program())
with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
    runner.run(program())
