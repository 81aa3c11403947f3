package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.SeriesKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// All detectors of one series. Only points in event-time order are shown to them: what comes out of order or twice is
/// somebody else's to judge. Some 200 ns a point (SeriesBench), some 700 bytes. Single-threaded.
public final class SeriesDetectors {
    private static final byte VERSION = 2;

    /// Beyond, differences and their sums overflow, and one NaN would blind a detector for good.
    private static final double GREATEST = 1e150;

    private final SeriesKey series;
    private final List<Detector> detectors;
    private long lastMillis = Long.MIN_VALUE;

    /// @param limits of this metric; [Limits#NONE] when nobody set any
    public SeriesDetectors(SeriesKey series, Limits limits) {
        this.series = series;
        var all = new ArrayList<Detector>(
                List.of(new SpikeDetector(), new DriftDetector(), new StuckDetector(), new GapDetector()));
        if (!limits.equals(Limits.NONE)) {
            all.add(new LimitDetector(limits));
            all.add(new RateOfChangeDetector(limits));
        }
        detectors = List.copyOf(all);
    }

    /// A point that is not later than the one before is passed over.
    public void add(long eventTimeMillis, double value, Consumer<Anomaly> found) {
        if (eventTimeMillis <= lastMillis) {
            return;
        }
        lastMillis = eventTimeMillis;
        double judged = Math.clamp(value, -GREATEST, GREATEST);
        var findings = findings(found);
        for (int i = 0; i < detectors.size(); i++) {
            detectors.get(i).add(eventTimeMillis, judged, findings);
        }
    }

    /// @param eventTimeMillis where the series would be by now, on the device's clock
    public void silence(long eventTimeMillis, Consumer<Anomaly> found) {
        var findings = findings(found);
        for (int i = 0; i < detectors.size(); i++) {
            detectors.get(i).silence(eventTimeMillis, findings);
        }
    }

    /// When [#silence] would find something, on the device's clock; [Long#MAX_VALUE] when never.
    public long silentFromMillis() {
        long from = Long.MAX_VALUE;
        for (int i = 0; i < detectors.size(); i++) {
            from = Math.min(from, detectors.get(i).silentFromMillis());
        }
        return from;
    }

    /// The state in a compact, versioned form.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(detectors.size());
        out.writeLong(lastMillis);
        for (Detector detector : detectors) {
            detector.write(out);
        }
    }

    /// Takes over a state that [#write] wrote.
    ///
    /// @return whether it was of this version and for the same detectors; when not, they learn anew
    public boolean read(DataInput in) throws IOException {
        if (in.readByte() != VERSION || in.readByte() != detectors.size()) {
            return false;
        }
        lastMillis = in.readLong();
        for (Detector detector : detectors) {
            detector.read(in);
        }
        return true;
    }

    private Findings findings(Consumer<Anomaly> found) {
        return (kind, at, score, observed, expected, lower, upper, explanation) ->
                found.accept(new Anomaly(series, kind, at, score, observed, expected, lower, upper, explanation));
    }
}
