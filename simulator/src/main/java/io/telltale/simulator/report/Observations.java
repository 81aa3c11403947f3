package io.telltale.simulator.report;

import java.util.Optional;

/// Latencies seen from elsewhere than the publishing connection, each from the intended time of sending.
///
/// @param subscriberMillis to an MQTT subscriber of the same server
/// @param pageMillis to a WebSocket that watches some devices, as an open page does
/// @param storedMillis until the HTTP API gives the point back; as fine as the questions are frequent
public record Observations(
        Optional<Quantiles> subscriberMillis, Optional<Quantiles> pageMillis, Optional<Quantiles> storedMillis) {}
