package io.telltale.analytics.anomaly;

import java.util.Arrays;

/// What devices of one type say of one metric: each its mean of an interval, in the next one; of these a median and a
/// spread, which all of them read without asking anybody. Of more than 512 devices a sample counts, each as likely as
/// the others: Vitter, "Random sampling with a reservoir", ACM Transactions on Mathematical Software 11 (1985).
/// Thread-safe: a device locks it once an interval.
public final class PeerMetric {
    private static final int SAMPLE = 512;
    private static final int FEWEST = 8;
    private static final int SPREAD_OVER = 50;
    private static final double SIGMAS_PER_DEVIATION = 1.4826;
    private static final long NEVER = Long.MIN_VALUE;

    /// @param interval number of it since 1970
    /// @param spread a robust sigma: the median distance from the median, over the last intervals
    /// @param devices that it is made of
    record Reference(long interval, double median, double spread, int devices) {}

    private final String type;
    private final long intervalMillis;
    private final Mean spread = new Mean(SPREAD_OVER);
    private double[] sample = new double[FEWEST];
    private long gathered = NEVER;
    private int said;
    private long chance = 1;
    private volatile Reference latest = new Reference(NEVER, 0, 0, 0);

    /// @param type of the devices, for people
    PeerMetric(String type, long intervalMillis) {
        this.type = type;
        this.intervalMillis = intervalMillis;
    }

    String type() {
        return type;
    }

    long intervalMillis() {
        return intervalMillis;
    }

    long intervalOf(long millis) {
        return Math.floorDiv(millis, intervalMillis);
    }

    /// Of the newest interval that nobody says anything of any more.
    Reference latest() {
        return latest;
    }

    /// A device's mean of an interval. The first of an interval concludes the one before.
    synchronized void say(long interval, double mean) {
        if (interval > gathered) {
            conclude();
            gathered = interval;
            said = 0;
        }
        if (interval == gathered) {
            take(mean);
        }
    }

    private void take(double mean) {
        said++;
        int at = said - 1;
        if (at >= SAMPLE) {
            chance = chance * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX
            at = (int) ((chance >>> 33) % said);
        }
        if (at < SAMPLE) {
            if (at == sample.length) {
                sample = Arrays.copyOf(sample, 2 * at);
            }
            sample[at] = mean;
        }
    }

    private void conclude() {
        if (said < FEWEST) {
            return;
        }
        var sorted = Arrays.copyOf(sample, Math.min(said, SAMPLE));
        double median = median(sorted);
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(sorted[i] - median);
        }
        spread.add(SIGMAS_PER_DEVIATION * median(sorted)); // of a few devices, one interval's says little
        latest = new Reference(gathered, median, spread.value(), said);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
