package jasyncio.devices;

import jasyncio.Asyncio;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * The JDK starts its socket pollers in the virtual thread that first needs them. If that is a task they inherit its scheduler, and sockets
 * on ordinary virtual threads would hang as soon as the loop is closed.
 */
class FirstSocketTest {

    @Test
    void socketsOnVirtualThreads_afterTheFirstOneWasATasksAndItsLoopIsClosed_stillWork() throws Exception {
        try (ChildJvm child = ChildJvm.start(FirstSocketProgram.class)) {
            child.awaitLine("task: echo");
            child.awaitLine("virtual thread 9: echo");
            child.output(0);
        }
    }

    static final class FirstSocketProgram {
        private FirstSocketProgram() {}

        public static void main(String[] args) throws Exception {
            try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                Thread.ofPlatform().daemon().start(() -> serve(server));
                Asyncio.run(() -> {
                    System.out.println("task: " + talk(server));
                });
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    int number = i;
                    threads.add(Thread.ofVirtual().start(() -> print("virtual thread " + number + ": ", server)));
                    threads.getLast().join();
                }
            }
        }

        private static void print(String who, ServerSocket server) {
            try {
                System.out.println(who + talk(server));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The answer comes only when the client waits for it. */
        private static String talk(ServerSocket server) throws IOException {
            try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                socket.getOutputStream().write("echo".getBytes(StandardCharsets.UTF_8));
                return new String(socket.getInputStream().readNBytes(4), StandardCharsets.UTF_8);
            }
        }

        private static void serve(ServerSocket server) {
            var pause = new CountDownLatch(1);
            try {
                while (true) {
                    try (Socket socket = server.accept();
                            InputStream in = socket.getInputStream();
                            OutputStream out = socket.getOutputStream()) {
                        byte[] bytes = in.readNBytes(4);
                        boolean _ = pause.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
                        out.write(bytes);
                    }
                }
            } catch (IOException | InterruptedException e) {
                // the server is closed
            }
        }
    }
}
