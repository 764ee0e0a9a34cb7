package jasyncio.net;

import java.net.InetSocketAddress;

/**
 * A datagram that came.
 *
 * @param data what was sent, whole
 * @param sender who sent it
 */
@SuppressWarnings("ArrayRecordComponent") // identity is not asked of one
public record Datagram(byte[] data, InetSocketAddress sender) {
    @Override
    public String toString() {
        return "<Datagram of " + data.length + " bytes from " + Net.describe(sender) + ">";
    }
}
