package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/// Flags a level that has moved away for good: a fast and a slow exponential average (Roberts, "Control chart tests
/// based on geometric moving averages", Technometrics 1 (1959)) that stay apart by several of the noise's own
/// widths.
final class DriftDetector implements Detector {
    private static final double FAST = 1 / 30.0;
    private static final double SLOW = 1 / 600.0;
    private static final int WARM_UP = 600;
    private static final double APART = 5;
    private static final int SUSTAINED = 60;

    private int seen;
    private double fast;
    private double slow;
    private double noise;
    private int apart;

    @Override
    public void add(long eventTimeMillis, double value, Findings findings) {
        seen = Math.min(seen + 1, WARM_UP + 1);
        // While warming up both are plain means, so that the first value does not weigh for long.
        fast += (value - fast) * Math.max(FAST, 1.0 / seen);
        slow += (value - slow) * Math.max(SLOW, 1.0 / seen);
        noise += (Math.abs(value - fast) - noise) * Math.max(SLOW, 1.0 / seen);
        if (seen <= WARM_UP) {
            return;
        }
        double band = APART * Math.max(1.2533 * noise, Math.max(Math.abs(slow) * 1e-6, 1e-12));
        if (Math.abs(fast - slow) <= band) {
            apart = 0;
        } else if (++apart == SUSTAINED) {
            findings.found(
                    Anomaly.Kind.DRIFT,
                    eventTimeMillis,
                    1 - band / (band + Math.abs(fast - slow)),
                    fast,
                    slow,
                    slow - band,
                    slow + band,
                    String.format(Locale.ROOT, "the level has moved from %.4g to %.4g and stays there", slow, fast));
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(seen);
        out.writeDouble(fast);
        out.writeDouble(slow);
        out.writeDouble(noise);
        out.writeInt(apart);
    }

    @Override
    public void read(DataInput in) throws IOException {
        seen = in.readInt();
        fast = in.readDouble();
        slow = in.readDouble();
        noise = in.readDouble();
        apart = in.readInt();
    }
}
