package io.telltale.devices.state;

import java.time.Duration;

/// A device's event time: the greatest it has sent, moved on with our clock while it sends nothing.
final class Watermark {
    private static final long NEVER = Long.MIN_VALUE;

    private final long allowedLatenessMillis;
    private final long silenceGraceMillis;

    private long greatestMillis = NEVER;
    private long heardMillis = NEVER;
    private long millis = NEVER;

    Watermark(Duration allowedLateness, Duration silenceGrace) {
        allowedLatenessMillis = allowedLateness.toMillis();
        silenceGraceMillis = silenceGrace.toMillis();
    }

    /// Whether the device has ever sent a point. Before it does, no time here means anything.
    boolean isKnown() {
        return millis != NEVER;
    }

    long millis() {
        return millis;
    }

    /// The greatest event time that the device itself has sent.
    long greatestMillis() {
        return greatestMillis;
    }

    boolean isLate(long eventTimeMillis) {
        return millis != NEVER && eventTimeMillis < millis - allowedLatenessMillis;
    }

    /// Points have come, whatever their event times are.
    void hear(long arrivalMillis) {
        heardMillis = Math.max(heardMillis, arrivalMillis);
    }

    void see(long eventTimeMillis) {
        greatestMillis = Math.max(greatestMillis, eventTimeMillis);
        millis = Math.max(millis, eventTimeMillis);
    }

    /// Nothing has come until now.
    void silence(long nowMillis) {
        millis = Math.max(millis, eventTimeAt(nowMillis) - silenceGraceMillis);
    }

    /// Where the device's clock would be, had it gone on.
    long eventTimeAt(long nowMillis) {
        return greatestMillis + nowMillis - heardMillis;
    }

    /// Processing time at which [#eventTimeAt] reaches `eventTimeMillis`.
    long arrivalOf(long eventTimeMillis) {
        return heardMillis + eventTimeMillis - greatestMillis;
    }

    /// Processing time at which silence moves the watermark to `eventTimeMillis`.
    long reaches(long eventTimeMillis) {
        return arrivalOf(eventTimeMillis) + silenceGraceMillis;
    }
}
