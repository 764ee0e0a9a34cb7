package jasyncio.net;

import jasyncio.net.netty.Settings;

/**
 * When a writer is told to wait and when to go on, in bytes.
 *
 * @param low go on when no more than this waits to be sent
 * @param high wait when more than this does
 */
record WaterMarks(int low, int high) {
    static final WaterMarks DEFAULT = new WaterMarks(Settings.LOW_WATER, Settings.HIGH_WATER);

    WaterMarks {
        if (low < 0 || low > high) {
            throw new IllegalArgumentException(
                    "Water marks low=" + low + ", high=" + high + " are not 0 <= low <= high");
        }
    }
}
