package jasyncio.bench.peer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;

/** Another thread, which completes the futures it is handed, one after the other: the same for all peers. */
final class Completer {

    private record Request(CompletableFuture<Integer> future, int value) {}

    private final LinkedTransferQueue<Request> requests = new LinkedTransferQueue<>();

    Completer() {
        Thread.ofPlatform().daemon().name("completer").start(this::serve);
    }

    /** Returns a future that the other thread is to complete with this value. */
    CompletableFuture<Integer> ask(int value) {
        CompletableFuture<Integer> future = new CompletableFuture<>();
        requests.add(new Request(future, value));
        return future;
    }

    private void serve() {
        try {
            while (true) {
                Request request = requests.take();
                request.future.complete(request.value);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the completer", e);
        }
    }
}
