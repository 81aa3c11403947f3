package io.telltale.dashboard.source;

/// How the store keeps up.
///
/// @param behind whether the oldest batch has waited too long
/// @param lastWriteMillis time of the last successful write, milliseconds since 1970; 0 before the first
/// @param ingestLagMillis 99th percentile of arrival to durable over the last ten seconds
public record StoreState(boolean behind, long waitingRows, long lastWriteMillis, long ingestLagMillis) {}
