package jasyncio.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that is measured.
 *
 * @param name the name in the table
 * @param command what starts it
 * @param compiled whether it gets faster while it runs, and so needs a longer warm-up
 */
record ServerPeer(String name, Command command, boolean compiled) {

    /** Says how the server is started. */
    @FunctionalInterface
    interface Command {
        /**
         * The command and its arguments.
         *
         * @param scratch a directory for files it needs
         * @throws PeerMissingException if this machine cannot run it
         */
        List<String> in(Path scratch) throws PeerMissingException;
    }
}
