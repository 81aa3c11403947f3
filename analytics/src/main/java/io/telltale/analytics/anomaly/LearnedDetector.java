package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Flags values that are more improbable than the allowed false alarms permit, see [Learned].
///
/// A series that knows but a few values ([FewValues]) has neither level nor noise: only a new value after a
/// steady day is told. Of any other series the first [#YOUTH] points are kept and then learned from. So most of
/// the memory of a series comes after its fifth value, and a constant or a switch needs none of it.
final class LearnedDetector {
    private static final int YOUTH = 32;
    private static final long LONG_STEADY_MILLIS = 86_400_000;
    private static final double ANOTHER = 0.1;

    /// A change by a few of the smallest steps a series makes is its resolution.
    private static final int STEPS = 3;

    private static final double[] NONE = {};

    private final FewValues few = new FewValues();
    private final Patience patience;
    private long steadySinceMillis = Long.MIN_VALUE;
    private double last = Double.NaN;
    private double step = Double.POSITIVE_INFINITY;
    private double[] young = NONE;
    private int kept;
    private @Nullable Learned learned;

    LearnedDetector(Patience patience) {
        this.patience = patience;
    }

    void add(long eventTimeMillis, double value, Findings findings) {
        if (value != last) {
            change(eventTimeMillis, value, findings);
        }
        if (learned != null) {
            learned.judge(eventTimeMillis, value, STEPS * step, patience, findings);
        } else if (few.isMany()) {
            grow(eventTimeMillis, value);
        }
    }

    /// Has it left its youth?
    boolean hasLearned() {
        return learned != null;
    }

    /// When a series that knows but a few values last changed; [Long#MIN_VALUE] when it is no such series.
    long switchedMillis() {
        return few.isMany() ? Long.MIN_VALUE : steadySinceMillis;
    }

    private void change(long eventTimeMillis, double value, Findings findings) {
        if (!Double.isNaN(last)) {
            step = Math.min(step, Math.abs(value - last));
        }
        if (!few.isMany()) {
            if (isNews(eventTimeMillis, value)) {
                tell(eventTimeMillis, value, findings);
            }
            few.add(value);
        }
        steadySinceMillis = eventTimeMillis;
        last = value;
    }

    private boolean isNews(long eventTimeMillis, double value) {
        return !Double.isNaN(last)
                && eventTimeMillis - steadySinceMillis >= LONG_STEADY_MILLIS
                && !few.has(value)
                && Math.abs(value - last) > ANOTHER * Math.max(Math.abs(value), Math.abs(last));
    }

    private void tell(long eventTimeMillis, double value, Findings findings) {
        findings.found(
                Anomaly.Kind.SPIKE,
                eventTimeMillis,
                eventTimeMillis,
                1 - patience.intervalMillis() / (eventTimeMillis - steadySinceMillis),
                value,
                last,
                last,
                last,
                List.of("new-value"),
                String.format(
                        Locale.ROOT,
                        "%.4g for the first time, after %.1f days of %.4g",
                        value,
                        (double) (eventTimeMillis - steadySinceMillis) / LONG_STEADY_MILLIS,
                        last));
    }

    private void grow(long eventTimeMillis, double value) {
        if (young.length == 0) {
            young = new double[YOUTH];
        }
        young[kept++] = value;
        if (kept == YOUTH) {
            var fresh = new Learned();
            for (int i = 0; i < YOUTH; i++) {
                double before = (YOUTH - 1 - i) * patience.intervalMillis();
                fresh.learn(eventTimeMillis - Math.round(before), young[i], STEPS * step);
            }
            learned = fresh;
            young = NONE;
            kept = 0;
        }
    }

    void write(DataOutput out) throws IOException {
        few.write(out);
        out.writeLong(steadySinceMillis);
        out.writeDouble(last);
        out.writeDouble(step);
        out.writeByte(kept);
        for (int i = 0; i < kept; i++) {
            out.writeDouble(young[i]);
        }
        out.writeBoolean(learned != null);
        if (learned != null) {
            learned.write(out);
        }
    }

    boolean read(DataInput in) throws IOException {
        few.read(in);
        steadySinceMillis = in.readLong();
        last = in.readDouble();
        step = in.readDouble();
        kept = Math.clamp(in.readByte(), 0, YOUTH - 1);
        young = kept > 0 ? new double[YOUTH] : NONE;
        for (int i = 0; i < kept; i++) {
            young[i] = in.readDouble();
        }
        if (!in.readBoolean()) {
            return true;
        }
        var known = new Learned();
        boolean isRead = known.read(in);
        learned = isRead ? known : null;
        return isRead;
    }
}
