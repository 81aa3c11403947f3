package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How improbable something must be to be told, so that a healthy series causes no more than so many false alarms a
/// day:
/// the more often its points come, the more. What lasts does not count as more points: a gap adds no more than ten
/// usual
/// intervals.
final class Patience {
    private static final double DAY_MILLIS = 86_400_000;
    private static final int POINTS = 64;
    private static final int KNOWN = 10;
    private static final double LONGEST = 10;

    /// However rarely the points come: one in a thousand is odd by chance.
    private static final double LEAST_DECADES = 3;

    private final double falseAlarmsPerDay;
    private float intervalMillis;
    private byte seen;

    Patience(double falseAlarmsPerDay) {
        this.falseAlarmsPerDay = falseAlarmsPerDay;
    }

    /// @param interval between a point and the one before, in milliseconds
    void add(long interval) {
        if (seen < POINTS) {
            seen++;
        }
        double counted = seen > KNOWN ? Math.min((double) interval, LONGEST * intervalMillis) : interval;
        intervalMillis += (float) ((counted - intervalMillis) / seen);
    }

    double intervalMillis() {
        return intervalMillis;
    }

    /// Decades of improbability from which on something is told.
    double decades() {
        return Math.max(LEAST_DECADES, Math.log10(DAY_MILLIS / Math.max(1, intervalMillis) / falseAlarmsPerDay));
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(intervalMillis);
        out.writeByte(seen);
    }

    void read(DataInput in) throws IOException {
        intervalMillis = in.readFloat();
        seen = in.readByte();
    }
}
