package io.telltale.storage.rows;

import java.util.Arrays;

/// When the outcomes of a batch arrived, run by run: most arrive in the same millisecond as the one before.
final class Arrivals {
    private long[] millis = new long[256];
    private int[] counts = new int[256];
    private int runs;

    void add(long arrivalMillis) {
        if (runs > 0 && millis[runs - 1] == arrivalMillis) {
            counts[runs - 1]++;
            return;
        }
        if (runs == millis.length) {
            millis = Arrays.copyOf(millis, 2 * runs);
            counts = Arrays.copyOf(counts, 2 * runs);
        }
        millis[runs] = arrivalMillis;
        counts[runs++] = 1;
    }

    void forEach(Batch.ArrivalVisitor visitor) {
        for (int i = 0; i < runs; i++) {
            visitor.visit(millis[i], counts[i]);
        }
    }

    void clear() {
        runs = 0;
    }
}
