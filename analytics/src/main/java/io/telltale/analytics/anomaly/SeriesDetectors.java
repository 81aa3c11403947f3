package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.SeriesKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// All detectors of one series. Only points in event-time order are shown to them: what comes out of order or twice is
/// somebody else's to judge. Some half a microsecond a point (SeriesBench). Single-threaded.
public final class SeriesDetectors {
    private static final byte VERSION = 5;

    /// Beyond, a float overflows, and one NaN would blind a detector for good.
    private static final double GREATEST = 1e30;

    private final SeriesKey series;
    private final Patience patience;
    private final LearnedDetector learned;
    private final StuckDetector stuck;
    private final GapDetector gap;
    private final @Nullable LimitDetector limit;
    private final @Nullable RateOfChangeDetector rate;
    private final Findings findings = this::found;

    /// Of the point that is judged: between points, nothing of a caller's is kept alive.
    private Consumer<Anomaly> listener = SeriesDetectors::nobody;

    private long lastMillis = Long.MIN_VALUE;
    private long toldMillis = Long.MIN_VALUE;

    /// @param limits of this metric; [Limits#NONE] when nobody set any
    public SeriesDetectors(SeriesKey series, Limits limits, Detection detection) {
        this.series = series;
        patience = new Patience(detection.falseAlarmsPerDay());
        learned = new LearnedDetector(patience);
        stuck = new StuckDetector(patience);
        gap = new GapDetector(patience);
        boolean isLimited = !limits.equals(Limits.NONE);
        limit = isLimited ? new LimitDetector(limits) : null;
        rate = isLimited ? new RateOfChangeDetector(limits) : null;
    }

    /// A point that is not later than the one before is passed over.
    public void add(long eventTimeMillis, double value, Consumer<Anomaly> found) {
        if (eventTimeMillis <= lastMillis) {
            return;
        }
        if (lastMillis != Long.MIN_VALUE) {
            patience.add(eventTimeMillis - lastMillis);
        }
        listener = found;
        double judged = Math.clamp(value, -GREATEST, GREATEST);
        learned.add(eventTimeMillis, judged, findings);
        stuck.add(eventTimeMillis, judged, findings);
        gap.add(eventTimeMillis, lastMillis, findings);
        if (limit != null && rate != null) {
            limit.add(eventTimeMillis, judged, findings);
            rate.add(eventTimeMillis, judged, findings);
        }
        lastMillis = eventTimeMillis;
        listener = SeriesDetectors::nobody;
    }

    /// @param eventTimeMillis where the series would be by now, on the device's clock
    public void silence(long eventTimeMillis, Consumer<Anomaly> found) {
        listener = found;
        gap.silence(eventTimeMillis, lastMillis, findings);
        listener = SeriesDetectors::nobody;
    }

    /// When [#silence] would find something, on the device's clock; [Long#MAX_VALUE] when never.
    public long silentFromMillis() {
        return gap.silentFromMillis(lastMillis);
    }

    /// @param falseAlarms how many more anomalies of this series people said to be false alarms than to be right
    public void strictness(int falseAlarms) {
        patience.strictness(falseAlarms);
    }

    /// What decades of improbability are multiplied with, for what people have said.
    double strictness() {
        return patience.strictness();
    }

    /// How far apart points are, on average; 0 before the second.
    public double intervalMillis() {
        return patience.intervalMillis();
    }

    /// Of a series that knows but a few values when it last went from one to another; [Long#MIN_VALUE] of any other.
    public long switchedMillis() {
        return learned.switchedMillis();
    }

    public SeriesKey series() {
        return series;
    }

    /// Has the series shown enough to be judged by what it taught?
    boolean hasLearned() {
        return learned.hasLearned();
    }

    /// Event time of what was last told; [Long#MIN_VALUE] before anything was. Forgotten in a snapshot.
    long toldMillis() {
        return toldMillis;
    }

    /// Decades of improbability from which on something is told.
    double decades() {
        return patience.decades();
    }

    /// The state in a compact, versioned form.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(limit != null);
        out.writeLong(lastMillis);
        patience.write(out);
        learned.write(out);
        stuck.write(out);
        gap.write(out);
        if (limit != null && rate != null) {
            limit.write(out);
            rate.write(out);
        }
    }

    /// Takes over a state that [#write] wrote.
    ///
    /// @return whether it was of this version and for the same detectors; when not, they learn anew
    public boolean read(DataInput in) throws IOException {
        if (in.readByte() != VERSION || in.readBoolean() != (limit != null)) {
            return false;
        }
        lastMillis = in.readLong();
        patience.read(in);
        if (!learned.read(in)) {
            return false;
        }
        stuck.read(in);
        gap.read(in);
        if (limit != null && rate != null) {
            limit.read(in);
            rate.read(in);
        }
        return true;
    }

    private static void nobody(Anomaly anomaly) {}

    private void found(
            Anomaly.Kind kind,
            long at,
            long sinceMillis,
            double score,
            double observed,
            double expected,
            double lower,
            double upper,
            List<String> evidence,
            String explanation) {
        toldMillis = at;
        listener.accept(new Anomaly(
                series, kind, at, sinceMillis, score, observed, expected, lower, upper, evidence, explanation));
    }
}
