/*
 * A chat: what one says, all others hear.
 *
 *     ./jasyncio run examples/net/ChatServer.java serve [PORT]       on port 8889 if none is given; 0 takes a free one
 *     ./jasyncio run examples/net/ChatServer.java join NAME [PORT]   types along; the end of input (Ctrl-D) leaves
 *
 * nc 127.0.0.1 8889 joins as well: the first line is the name.
 *
 * The members are in a plain map: all tasks take turns on one thread, so it needs no lock. Nobody waits for a member who
 * does not read: each has a queue of 100 lines and a task that sends them; whoever lets the queue overflow is put out.
 */
import static jasyncio.Asyncio.*;
import static jasyncio.net.Net.*;
import static java.lang.IO.println;
import static java.lang.IO.readln;

import jasyncio.*;
import jasyncio.net.*;
import jasyncio.queue.Queue;

record Member(Queue<String> post, StreamWriter writer) {}

final Map<String, Member> members = new TreeMap<>();

// ---- the server

void serve(StreamReader reader, StreamWriter writer) throws IOException {
    String name = reader.readLine();
    if (name == null || name.isBlank() || members.containsKey(name)) {
        writer.write("* the first line must be a name that nobody has\n");
        return;
    }
    writer.write("* welcome, " + name + "; here are " + members.keySet() + "\n");
    tell("* " + name + " came");
    var member = new Member(new Queue<>(100), writer);
    members.put(name, member);
    var sending = createTask("send to " + name, () -> send(member));
    try {
        for (String line : reader.lines()) {
            tell(name + ": " + line);
        }
    } finally {
        members.remove(name, member);
        sending.cancel();
        tell("* " + name + " left");
    }
}

/** Never waits: a member who is too slow is put out. */
void tell(String line) {
    println(line);
    for (var member : members.values()) {
        if (!member.post().tryPut(line)) {
            member.writer().abort(); // its own task sees the end
        }
    }
}

void send(Member member) {
    try {
        for (String line : member.post()) {
            member.writer().write(line + "\n");
            member.writer().drain();
        }
    } catch (IOException e) {
        // gone; the task that reads sees it too
    }
}

void runServer(int port) throws IOException {
    try (var server = startServer("127.0.0.1", port, this::serve)) {
        println("serving on " + server.addresses().getFirst());
        server.serveForever();
    }
}

// ---- the client

void join(String name, int port) throws IOException {
    try (var c = openConnection("127.0.0.1", port)) {
        c.writer().write(name + "\n");
        createTask(() -> type(c.writer()));
        for (String line : c.reader().lines()) {
            println(line);
        }
    } catch (ConnectException e) {
        println(e.getMessage());
    }
}

void type(StreamWriter writer) throws IOException {
    for (String line : typed()) {
        writer.write(line + "\n");
        writer.drain();
    }
    writer.writeEof(); // the server says goodbye to who says nothing more
}

/** The lines that are typed. A thread reads them: nothing can interrupt a read of the terminal. */
Queue<String> typed() {
    var lines = new Queue<String>();
    var loop = runningLoop();
    Thread.ofPlatform().daemon().start(() -> {
        for (String line; (line = readln()) != null; ) {
            String read = line;
            loop.callSoonThreadsafe(() -> lines.putNowait(read));
        }
        loop.callSoonThreadsafe(lines::shutdown);
    });
    return lines;
}

void main(String... arguments) throws IOException {
    var given = List.of(arguments);
    if (given.size() >= 2 && given.getFirst().equals("join")) {
        run(() -> join(given.get(1), given.size() < 3 ? 8889 : Port.of(given.get(2))));
    } else if (!given.isEmpty() && given.getFirst().equals("serve")) {
        run(() -> runServer(given.size() < 2 ? 8889 : Port.of(given.get(1))));
    } else {
        println("usage: ChatServer serve [PORT], ChatServer join NAME [PORT]");
    }
}
