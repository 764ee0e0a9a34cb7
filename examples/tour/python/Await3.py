"""Course notes 1, 2.3, example 3: one await after another

Unchanged.
"""

import asyncio


async def others():
    print("start")
    await asyncio.sleep(2)
    print("end")
    return "返回值"


async def func():
    print("执行协程函数内部代码")
    response = await others()
    print("IO请求结束，结果为：", response)

    response = await others()
    print("IO请求结束，结果为：", response)

    response = await others()
    print("IO请求结束，结果为：", response)


asyncio.run(func())
