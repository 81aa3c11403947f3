package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// The level of a series at several time scales, and what is odd about it: a level beyond every one so far, a level far
/// from its own past, restlessness. O(1).
final class Levels {
    private final Mean level5 = new Mean(5);
    private final Mean level20 = new Mean(20);
    private final Mean level100 = new Mean(100);
    private final Mean level300 = new Mean(300);
    private final Mean level1000 = new Mean(1000);
    private final Mean squares50 = new Mean(50);
    private final Mean squares1000 = new Mean(1000);
    private final BulkTail noise = new BulkTail();
    private final RecordTail range = new RecordTail();
    private final RecordTail shiftRange = new RecordTail();

    /// @param floor what counts as something
    void add(double x, double floor, Sink sink) {
        double miss = x - level5.value();
        squares50.add(miss * miss);
        squares1000.add(miss * miss);
        double least = floor * floor;
        double restless = noise.add((squares50.value() + least) / (squares1000.value() + least));
        sink.found(Evidence.NOISE, squares50.value() > least ? restless : 0);
        level5.add(x);
        level20.add(x);
        level100.add(x);
        level300.add(x);
        level1000.add(x);
        sink.found(Evidence.LEVEL, range.add(level20.value(), floor));
        sink.found(Evidence.SHIFT, shiftRange.add(level100.value() - level1000.value(), floor));
    }

    double longTerm() {
        return level300.value();
    }

    void write(DataOutput out) throws IOException {
        for (Mean mean : means()) {
            mean.write(out);
        }
        noise.write(out);
        range.write(out);
        shiftRange.write(out);
    }

    void read(DataInput in) throws IOException {
        for (Mean mean : means()) {
            mean.read(in);
        }
        noise.read(in);
        range.read(in);
        shiftRange.read(in);
    }

    private Mean[] means() {
        return new Mean[] {level5, level20, level100, level300, level1000, squares50, squares1000};
    }
}
