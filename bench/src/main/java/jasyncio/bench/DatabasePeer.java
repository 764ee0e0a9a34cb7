package jasyncio.bench;

import jasyncio.bench.peer.LookupWork;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer that works with {@link NumbersDatabase} and is told where it is: a Java program by a system property, a Python program by a first line before its script.
 *
 * @param program the same peer without a database
 */
record DatabasePeer(Peer program) implements Peer {

    @Override
    public String name() {
        return program.name();
    }

    @Override
    public String about() throws PeerMissingException {
        return program.about();
    }

    @Override
    public boolean rated() {
        return program.rated();
    }

    @Override
    public List<String> command(List<String> jvmFlags) throws PeerMissingException {
        List<String> flags = new ArrayList<>(jvmFlags);
        if (program instanceof JvmPeer) {
            flags.add(
                    "-D%s=%s".formatted(LookupWork.URL, NumbersDatabase.server().url()));
        }
        return program.command(flags);
    }

    @Override
    public String input() {
        if (program instanceof JvmPeer) {
            return "";
        }
        try {
            return "DATABASE_PORT = %d%n".formatted(NumbersDatabase.server().port()) + program.input();
        } catch (PeerMissingException e) {
            throw new IllegalStateException(e);
        }
    }
}
