package io.telltale.server.bench.ladder;

import java.util.Map;

/// What happened at one rate.
///
/// @param kept nothing was lost, all of it was sent at this rate, and p99 and the last of it were stored within two
/// seconds
/// @param lost acked to the devices, and never stored
/// @param storedMillis from the intended time of publishing to being seen in the store, by quantile name; the first
/// quarter left out
/// @param ackMillis from the intended time of publishing to the PUBACK
/// @param busyCores by part, the first quarter left out
/// @param residentMib by part, at the end
public record Rung(
        double askedPerSecond,
        double sentPerSecond,
        boolean kept,
        long sent,
        long stored,
        long lost,
        Map<String, Double> storedMillis,
        Map<String, Double> ackMillis,
        Map<String, Double> busyCores,
        Map<String, Double> residentMib) {}
