package io.telltale.storage.audit;

/// What the audit that goes on while the server runs has found, of the newest turn through all devices.
///
/// @param windows that were compared
/// @param atMillis when the newest round ended; 0 before the first
public record AuditStatus(long differences, long windows, long atMillis) {
    public static final AuditStatus NONE = new AuditStatus(0, 0, 0);
}
