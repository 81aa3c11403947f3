package io.telltale.dashboard.source;

/// How the store keeps up.
///
/// @param behind whether the oldest batch has waited too long
/// @param lastWriteMillis time of the last successful write, milliseconds since 1970; 0 before the first
/// @param ingestLagMillis 99th percentile of arrival to durable over the last ten seconds
/// @param audit what the audit of the recent past has found
public record StoreState(boolean behind, long waitingRows, long lastWriteMillis, long ingestLagMillis, Audit audit) {

    /// @param differences windows whose rollup is not what its points say
    /// @param windows that were compared
    /// @param atMillis when the newest round of the audit ended, milliseconds since 1970; 0 before the first
    public record Audit(long differences, long windows, long atMillis) {
        public static final Audit NONE = new Audit(0, 0, 0);
    }
}
