package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.util.Locale;

/// What an operator reads of an anomaly.
final class Words {
    private Words() {}

    static String of(Anomaly.Kind kind, double value, double expected, double sigmas) {
        return String.format(
                Locale.ROOT,
                "%.4g is %.1f sigma %s the expected %.4g%s",
                value,
                sigmas,
                value > expected ? "above" : "below",
                expected,
                switch (kind) {
                    case SPIKE, RATE_OF_CHANGE, STUCK, GAP, LIMIT -> "";
                    case DRIFT -> ", the latest of a run of values that leave";
                    case LEVEL_SHIFT -> ", and so are the values before it";
                    case NOISE_BURST -> ", after others above and below";
                });
    }
}
