package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Flags a value outside the configured [Limits], when it leaves them.
final class LimitDetector {
    private final Limits limits;
    private boolean outside;

    LimitDetector(Limits limits) {
        this.limits = limits;
    }

    void add(long eventTimeMillis, double value, Findings findings) {
        boolean isOutside = value < limits.min() || value > limits.max();
        if (isOutside && !outside) {
            double edge = value < limits.min() ? limits.min() : limits.max();
            findings.found(
                    Anomaly.Kind.LIMIT,
                    eventTimeMillis,
                    eventTimeMillis,
                    1,
                    value,
                    edge,
                    limits.min(),
                    limits.max(),
                    List.of("limit"),
                    String.format(Locale.ROOT, "%.4g is beyond the limit of %.4g", value, edge));
        }
        outside = isOutside;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(outside);
    }

    void read(DataInput in) throws IOException {
        outside = in.readBoolean();
    }
}
