"""Course notes 3, threads: a hundred spiders

Changed: says which was faster, since times differ from run to run, and adds the coroutines.
"""

import asyncio
import threading
import time


def spider():
    time.sleep(0.02)


def main1():
    for i in range(100):
        spider()


def main2():
    thread_list = []
    for i in range(100):
        thread = threading.Thread(target=spider)
        thread.start()
        thread_list.append(thread)
    for t in thread_list:
        t.join()


async def async_spider():
    await asyncio.sleep(0.02)


async def main3():
    await asyncio.gather(*(async_spider() for i in range(100)))


if __name__ == "__main__":
    start = time.time()
    main1()
    time1 = time.time() - start
    print("time1 :{:.4f}".format(time1))

    start = time.time()
    main2()
    time2 = time.time() - start
    print("time2 :{:.4f}".format(time2))

    start = time.time()
    asyncio.run(main3())
    time3 = time.time() - start
    print("time3 :{:.4f}".format(time3))

    print("threads are faster:", time2 < time1 / 3, "and so are coroutines:", time3 < time1 / 3)
