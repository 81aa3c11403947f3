package io.telltale.analytics.anomaly;

/// How watchful the detectors are.
///
/// @param falseAlarmsPerDay that a healthy series may cause on average; more finds more
public record Detection(double falseAlarmsPerDay) {
    public static final Detection USUAL = new Detection(0.03);

    public Detection {
        if (!(falseAlarmsPerDay > 0 && falseAlarmsPerDay <= 1000)) {
            throw new IllegalArgumentException(
                    "false alarms a day: expected more than 0, at most 1000, got " + falseAlarmsPerDay);
        }
    }
}
