package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The level of a series at several time scales, and what is odd about it: a level beyond every one so far, a level far
/// from its own past, restlessness. O(1).
final class Levels {
    private static final short[] POINTS = {5, 20, 100, 300, 1000, 50, 1000};
    private static final int LEVEL_5 = 0;
    private static final int LEVEL_20 = 1;
    private static final int LEVEL_100 = 2;
    private static final int LEVEL_300 = 3;
    private static final int LEVEL_1000 = 4;
    private static final int SQUARES_50 = 5;
    private static final int SQUARES_1000 = 6;

    private final Means means = new Means(POINTS);
    private final BulkTail noise = new BulkTail();
    private final RecordTail range = new RecordTail();
    private final RecordTail shiftRange = new RecordTail();

    /// @param floor what counts as something
    void add(double x, double floor, Sink sink) {
        means.next();
        double miss = x - means.value(LEVEL_5);
        means.add(SQUARES_50, miss * miss);
        means.add(SQUARES_1000, miss * miss);
        double least = floor * floor;
        double restless = noise.add((means.value(SQUARES_50) + least) / (means.value(SQUARES_1000) + least));
        sink.found(Evidence.NOISE, means.value(SQUARES_50) > least ? restless : 0);
        means.add(LEVEL_5, x);
        means.add(LEVEL_20, x);
        means.add(LEVEL_100, x);
        means.add(LEVEL_300, x);
        means.add(LEVEL_1000, x);
        sink.found(Evidence.LEVEL, range.add(means.value(LEVEL_20), floor));
        sink.found(Evidence.SHIFT, shiftRange.add(means.value(LEVEL_100) - means.value(LEVEL_1000), floor));
    }

    double longTerm() {
        return means.value(LEVEL_300);
    }

    void write(DataOutput out) throws IOException {
        means.write(out);
        noise.write(out);
        range.write(out);
        shiftRange.write(out);
    }

    void read(DataInput in) throws IOException {
        means.read(in);
        noise.read(in);
        range.read(in);
        shiftRange.read(in);
    }
}
