package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How improbable something must be to be told, so that a healthy series causes no more than so many false
/// alarms a day: the more often its points come, the more. What lasts does not count as more points: a gap adds
/// no more than ten usual intervals.
final class Patience {
    private static final double DAY_MILLIS = 86_400_000;
    private static final int POINTS = 64;
    private static final int KNOWN = 10;
    private static final double LONGEST = 10;

    /// However rarely the points come: one in a thousand is odd by chance.
    private static final double LEAST_DECADES = 3;

    private static final double PER_FALSE_ALARM = 1.25;
    private static final double LEAST_STRICT = 0.8;
    private static final double MOST_STRICT = 4;

    private final float falseAlarmsPerDay;
    private float strictness = 1;
    private float intervalMillis;
    private byte seen;

    Patience(double falseAlarmsPerDay) {
        this.falseAlarmsPerDay = (float) falseAlarmsPerDay;
    }

    /// @param interval between a point and the one before, in milliseconds
    void add(long interval) {
        if (seen < POINTS) {
            seen++;
        }
        double counted = seen > KNOWN ? Math.min((double) interval, LONGEST * intervalMillis) : interval;
        intervalMillis += (float) ((counted - intervalMillis) / seen);
    }

    /// What people have said counts: each false alarm more than right ones asks for a quarter more decades, and
    /// each right one less. Within bounds, so that nobody can make a detector deaf or mad.
    void strictness(int falseAlarms) {
        strictness = (float) Math.clamp(Math.pow(PER_FALSE_ALARM, falseAlarms), LEAST_STRICT, MOST_STRICT);
    }

    /// What decades, or the length of a silence, are multiplied with.
    double strictness() {
        return strictness;
    }

    double intervalMillis() {
        return intervalMillis;
    }

    /// Decades of improbability from which on something is told.
    double decades() {
        double decades = Math.log10(DAY_MILLIS / Math.max(1, intervalMillis) / falseAlarmsPerDay);
        return strictness * Math.max(LEAST_DECADES, decades);
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
