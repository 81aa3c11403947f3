package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/// Flags points far from the local median; holds while under half the window is bad.
/// Hampel, "The influence curve and its role in robust estimation", JASA 69 (1974).
///
/// The scale is 1.4826 times the median absolute deviation, but never below the mean absolute deviation's (a coarse
/// sensor repeats itself until the median deviation is 0) nor a millionth of the median. A value among the few that a
/// switch has is no spike. `add` costs O(window).
final class SpikeDetector implements Detector {
    private static final int WINDOW = 31;
    private static final double SIGMAS = 8;
    private static final int CALM_POINTS = 5;

    private final double[] ring = new double[WINDOW];
    private final double[] sorted = new double[WINDOW];
    private final FewValues few = new FewValues();
    private int seen;
    private int calm = CALM_POINTS;

    @Override
    public void add(long eventTimeMillis, double value, Findings findings) {
        if (seen >= WINDOW) {
            judge(eventTimeMillis, value, findings);
        }
        remember(value);
    }

    private void judge(long eventTimeMillis, double value, Findings findings) {
        double median = sorted[WINDOW / 2];
        double sigma = sigma(median);
        double distance = Math.abs(value - median);
        if (distance <= SIGMAS * sigma || few.has(value)) {
            calm = Math.min(calm + 1, CALM_POINTS);
            return;
        }
        if (calm == CALM_POINTS) {
            double sigmas = distance / sigma;
            findings.found(
                    Anomaly.Kind.SPIKE,
                    eventTimeMillis,
                    1 - SIGMAS / (SIGMAS + sigmas),
                    value,
                    median,
                    median - SIGMAS * sigma,
                    median + SIGMAS * sigma,
                    explanation(value, median, sigmas));
        }
        calm = 0;
    }

    private String explanation(double value, double median, double sigmas) {
        return sorted[0] == sorted[WINDOW - 1]
                ? String.format(Locale.ROOT, "%.4g, after %d points of %.4g each", value, WINDOW, median)
                : String.format(Locale.ROOT, "%.4g is %.1f sigma from the recent median %.4g", value, sigmas, median);
    }

    private double sigma(double median) {
        double absolute = 0;
        for (double v : sorted) {
            absolute += Math.abs(v - median);
        }
        double least = Math.max(Math.abs(median) * 1e-6, 1e-12);
        return Math.max(least, Math.max(1.4826 * medianDeviation(median), 1.2533 * absolute / WINDOW));
    }

    /// Walks outwards from the median in the sorted window until half of it is passed.
    private double medianDeviation(double median) {
        int low = WINDOW / 2;
        int high = WINDOW / 2;
        double deviation = 0;
        for (int i = 0; i < WINDOW / 2; i++) {
            double below = low > 0 ? median - sorted[low - 1] : Double.POSITIVE_INFINITY;
            double above = high < WINDOW - 1 ? sorted[high + 1] - median : Double.POSITIVE_INFINITY;
            if (below <= above) {
                low--;
                deviation = below;
            } else {
                high++;
                deviation = above;
            }
        }
        return deviation;
    }

    private void remember(double value) {
        few.add(value);
        int slot = seen % WINDOW;
        int filled = Math.min(seen, WINDOW);
        if (seen >= WINDOW) {
            int old = Arrays.binarySearch(sorted, ring[slot]);
            System.arraycopy(sorted, old + 1, sorted, old, WINDOW - 1 - old);
            filled--;
        }
        int at = Arrays.binarySearch(sorted, 0, filled, value);
        at = at >= 0 ? at : -at - 1;
        System.arraycopy(sorted, at, sorted, at + 1, filled - at);
        sorted[at] = value;
        ring[slot] = value;
        seen = seen == 2 * WINDOW - 1 ? WINDOW : seen + 1;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(seen);
        out.writeInt(calm);
        few.write(out);
        for (int i = 0; i < Math.min(seen, WINDOW); i++) {
            out.writeDouble(ring[i]);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        int number = in.readInt();
        calm = in.readInt();
        few.read(in);
        for (int i = 0; i < Math.min(number, WINDOW); i++) {
            ring[i] = in.readDouble();
            sorted[i] = ring[i];
        }
        Arrays.sort(sorted, 0, Math.min(number, WINDOW));
        seen = number;
    }
}
