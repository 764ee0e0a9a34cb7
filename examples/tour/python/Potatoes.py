"""Course notes 3, asynchronous programming: the potato shop

Changed: the loop is created, since `get_event_loop` no longer makes one, and the number of potatoes in each purchase is
printed beside its id. The notes append a list of five potatoes where they mean to add five: it is sold as one. Then with that mended.
"""

import asyncio


class Potato:
    @classmethod
    def make(cls, num, *args, **kws):
        potatos = []
        for i in range(num):
            potatos.append(cls.__new__(cls, *args, **kws))
        return potatos


all_potatos = Potato.make(5)


async def take_photos(nums, askfor_photos):
    count = 0
    while True:
        if len(all_potatos) == 0:
            await askfor_photos()
        else:
            photo = all_potatos.pop()
            yield photo
            count += 1
            if count == nums:
                break


async def askfor_photos():
    await asyncio.sleep(2)
    all_potatos.append(Potato.make(5))


async def askfor_photos_mended():
    await asyncio.sleep(2)
    all_potatos.extend(Potato.make(5))


async def buy_photos(askfor_photos):
    start = loop.time()
    bucket = []
    async for p in take_photos(50, askfor_photos):
        bucket.append(p)
        print(f"Go photo {id(p)}", len(p) if isinstance(p, list) else 1)
    print("bought", len(bucket), "in", loop.time() - start, "s")


loop = asyncio.new_event_loop()
loop.run_until_complete(buy_photos(askfor_photos))
print("mended")
all_potatos = Potato.make(5)
loop.run_until_complete(buy_photos(askfor_photos_mended))
