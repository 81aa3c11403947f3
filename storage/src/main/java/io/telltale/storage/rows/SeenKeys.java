package io.telltale.storage.rows;

import java.util.Arrays;

/// Whether a key may have come before. One that has is always known; one that has not is taken for known now and then:
/// once in 40 at 100,000 keys. Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 13 (1970),
/// with one hash: `add` costs one look into 512 KiB. Single-threaded.
final class SeenKeys {
    private static final int BITS_LOG_2 = 22;

    private final long[] bits = new long[1 << (BITS_LOG_2 - 6)];

    /// @return whether it may have been added before
    boolean add(int deviceHash, int metricHash, long eventTimeMillis) {
        // Stafford's mixer 13, "Better bit mixing" (2011): event times are alike in all but a few bits.
        long z = eventTimeMillis + deviceHash * 0x9E3779B97F4A7C15L + ((long) metricHash << 32);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        int at = (int) (z >>> (Long.SIZE - BITS_LOG_2));
        long bit = 1L << at; // the lowest six bits count
        boolean seen = (bits[at >>> 6] & bit) != 0;
        bits[at >>> 6] |= bit;
        return seen;
    }

    void clear() {
        Arrays.fill(bits, 0);
    }
}
