package guide;

import static jasyncio.Asyncio.await;
import static jasyncio.Asyncio.createTask;

import jasyncio.queue.Queue;
import jasyncio.testkit.JasyncioTest;

class LostAnswer {
    @JasyncioTest
    void worker_answers() {
        var questions = new Queue<String>();
        var answers = new Queue<String>();
        var worker = createTask("worker", () -> questions.get()); // and forgets to answer
        var client = createTask("client", () -> {
            questions.put("6 * 7?");
            return answers.get();
        });
        await(client);
        await(worker);
    }
}
