package io.telltale.simulator.report;

import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/// Latencies seen from elsewhere than the publishing connection, each from the intended time of sending.
///
/// @param subscriberMillis to an MQTT subscriber of the same server
/// @param pageMillis to a WebSocket that watches some devices, as an open page does
/// @param storedMillis until the HTTP API gives the point back; as fine as the questions are frequent
public record Observations(
        Optional<Quantiles> subscriberMillis, Optional<Quantiles> pageMillis, Optional<Quantiles> storedMillis) {
    /// What the histograms are called that they are made of.
    public static final String SUBSCRIBER = "to the subscriber";

    public static final String PAGE = "to the page";
    public static final String STORED = "to the store";

    /// Empty where nobody looked or nothing came.
    static Optional<Observations> of(Map<String, Histogram> micros) {
        var seen = new Observations(quantiles(micros, SUBSCRIBER), quantiles(micros, PAGE), quantiles(micros, STORED));
        return seen.subscriberMillis.isEmpty() && seen.pageMillis.isEmpty() && seen.storedMillis.isEmpty()
                ? Optional.empty()
                : Optional.of(seen);
    }

    private static Optional<Quantiles> quantiles(Map<String, Histogram> micros, String name) {
        return Optional.ofNullable(micros.get(name))
                .filter(some -> some.getTotalCount() > 0)
                .map(Quantiles::of);
    }
}
