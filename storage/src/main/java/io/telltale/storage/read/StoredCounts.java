package io.telltale.storage.read;

/// How much is stored, each thing counted once however often it was sent.
public record StoredCounts(long points, long rollups, long anomalies, long deadLetters) {}
