package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Puts odd points together into one event, so that it is told once: as long as another odd one comes within
/// [#CALM] points it is the same.
///
/// Besides the oddest point of it, the sum counts: many points that are somewhat odd are together as improbable
/// as a very odd one. The sum is a CUSUM of decades of improbability (Page, "Continuous inspection schemes",
/// Biometrika 41 (1954)): each ordinary point takes one decade away, a single point adds four at most. Where a
/// share of `10^-d` of the points is odd by `d` decades, it reaches `h` less often than in `10^(-0.86 h)` of
/// the points (Lundberg's bound).
final class Event {
    private static final int CALM = 30;
    private static final int FRESH = 15;
    private static final double ODD_DECADES = 2.5;
    private static final double TAKEN = 1;
    private static final double MOST_ADDED = 4;
    private static final double MOST = 30;
    private static final double LUNDBERG = 0.86;

    private float sum;
    private int calm = CALM;
    private int above;
    private int below;
    private int length;
    private long sinceMillis;
    private double from;
    private boolean isTold;

    /// @param decades how improbable the point is by itself; 0 where it is none of an event's
    /// @param expected in its place
    /// @return decades of the point or of all, whichever are more
    double add(long timeMillis, double decades, double value, double expected) {
        sum = (float) Math.clamp(sum + Math.min(decades, MOST_ADDED) - TAKEN, 0, MOST);
        if (decades < ODD_DECADES) {
            length++;
            calm = Math.min(calm + 1, CALM);
            return 0;
        }
        if (calm == CALM) {
            begin(timeMillis, expected);
        }
        calm = 0;
        length++;
        if (value > expected) {
            above++;
        } else {
            below++;
        }
        return Math.max(decades, LUNDBERG * sum);
    }

    private void begin(long timeMillis, double expected) {
        above = 0;
        below = 0;
        length = 0;
        sinceMillis = timeMillis;
        from = expected;
        isTold = false;
    }

    /// Has the event that is under way, or begins now, not been told yet? From now on it has.
    boolean tell(long timeMillis, double expected) {
        if (calm == CALM) {
            begin(timeMillis, expected);
        }
        calm = 0;
        boolean isNews = !isTold;
        isTold = true;
        return isNews;
    }

    /// Has it just begun?
    boolean isFresh() {
        return calm < CALM && length < FRESH;
    }

    /// When its first point was.
    long sinceMillis() {
        return sinceMillis;
    }

    /// What was expected of its first point.
    double from() {
        return from;
    }

    /// How many points it has lasted.
    int length() {
        return length;
    }

    /// How many of its points are odd.
    int odd() {
        return above + below;
    }

    /// How many of its odd points are on the side with fewer.
    int onOtherSide() {
        return Math.min(above, below);
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(sum);
        out.writeByte(calm);
        out.writeInt(above);
        out.writeInt(below);
        out.writeInt(length);
        out.writeLong(sinceMillis);
        out.writeDouble(from);
        out.writeBoolean(isTold);
    }

    void read(DataInput in) throws IOException {
        sum = in.readFloat();
        calm = in.readByte();
        above = in.readInt();
        below = in.readInt();
        length = in.readInt();
        sinceMillis = in.readLong();
        from = in.readDouble();
        isTold = in.readBoolean();
    }
}
