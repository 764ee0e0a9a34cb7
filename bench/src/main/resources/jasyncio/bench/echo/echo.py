"""asyncio's echo server. Arguments: LOOP (asyncio or uvloop), FORM (streams, protocol, or line: streams that answer a line and close)."""

import asyncio
import socket
import sys

READ_SIZE = 256 * 1024
BACKLOG = 4096


async def echo(reader, writer):
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        while data := await reader.read(READ_SIZE):
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


async def answer_line(reader, writer):
    writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        writer.write(await reader.readline())
    finally:
        writer.close()


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def main(form):
    if form != "protocol":
        handler = answer_line if form == "line" else echo
        server = await asyncio.start_server(handler, "127.0.0.1", 0, backlog=BACKLOG)
    else:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Echo, "127.0.0.1", 0, backlog=BACKLOG)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def factory(loop):
    if loop == "uvloop":
        import uvloop

        return uvloop.new_event_loop
    return None


with asyncio.Runner(loop_factory=factory(sys.argv[1])) as runner:
    runner.run(main(sys.argv[2]))
