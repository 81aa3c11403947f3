package io.telltale.storage.audit;

import java.time.Duration;

/// @param enabled whether the server audits while it runs
/// @param every pause between two rounds
/// @param past how far back in event time a round looks
/// @param maxRows points and rollups that one query compares
public record AuditSettings(boolean enabled, Duration every, Duration past, long maxRows) {}
