"""Course notes 3, asynchronous programming: three addresses at once

Changed: a server on loopback instead of three sites of the Internet, `urllib` instead of the package requests, tasks instead
of the coroutines that `wait` refuses since 3.11. The server answers in its own time: 0.6, 0.4 and 0.2 s.
"""

import asyncio
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(float(self.path.rpartition("/")[2]) / 1000)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


async def result(url):
    res = await request_url(url)
    print(url, res)


async def request_url(url):
    res = get(url)
    print(url)
    await asyncio.sleep(1)
    print("execute_time:", time.time() - start)
    return res


def get(url):
    with urllib.request.urlopen(site + url) as response:
        return response.status


async def main():
    await asyncio.wait([asyncio.create_task(result(url)) for url in url_list])


url_list = ["/600", "/400", "/200"]
server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
site = f"http://127.0.0.1:{server.server_port}"
Thread(target=server.serve_forever, daemon=True).start()

start = time.time()
asyncio.run(main())
all_execute_time = time.time() - start
print("all_execute_time:", all_execute_time)
print("the three requests overlapped:", all_execute_time < 2.0)
server.shutdown()
