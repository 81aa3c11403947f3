package io.telltale.dashboard.devices;

import io.telltale.analytics.model.Anomaly;
import java.util.Arrays;

/// One device's anomalies of the last hour: how many, and which were seen already, since an unconfirmed anomaly comes
/// again with every outcome. Remembers up to [#CAPACITY]; beyond that the oldest is forgotten. Not thread-safe.
final class RecentAnomalies {
    static final int CAPACITY = 256;
    static final long HOUR_MILLIS = 3_600_000;

    private long[] identities = new long[4];
    private long[] seenMillis = new long[4];
    private int size;
    private int oldest;

    /// @return whether it is new
    boolean add(Anomaly anomaly, long nowMillis) {
        long identity = identity(anomaly);
        for (int i = 0; i < size; i++) {
            if (identities[i] == identity) {
                return false;
            }
        }
        if (size == CAPACITY) {
            put(oldest, identity, nowMillis);
            oldest = (oldest + 1) % CAPACITY;
        } else {
            if (size == identities.length) {
                identities = Arrays.copyOf(identities, 2 * size);
                seenMillis = Arrays.copyOf(seenMillis, 2 * size);
            }
            put(size++, identity, nowMillis);
        }
        return true;
    }

    int lastHour(long nowMillis) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (seenMillis[i] > nowMillis - HOUR_MILLIS) {
                count++;
            }
        }
        return count;
    }

    private void put(int at, long identity, long nowMillis) {
        identities[at] = identity;
        seenMillis[at] = nowMillis;
    }

    /// Metric, kind and event time in 64 bits; two of one device's few meet by chance once in 10^14.
    private static long identity(Anomaly anomaly) {
        long mixed = anomaly.eventTimeMillis() * 0x9E3779B97F4A7C15L;
        mixed ^= (anomaly.series().metric().hashCode() * 31L
                        + anomaly.kind().name().hashCode())
                * 0xC2B2AE3D27D4EB4FL;
        return mixed ^ (mixed >>> 29);
    }
}
