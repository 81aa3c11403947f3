package io.telltale.storage.audit;

import java.util.ArrayList;
import java.util.List;

/// @param windows that were compared
/// @param differences among them
/// @param waiting windows that differ and are not judged yet: late points in them are about to be repaired
/// @param unsettled windows that differ and are not judged yet: they changed a moment ago
/// @param listed the first of the differences
public record AuditResult(long windows, long differences, long waiting, long unsettled, List<Difference> listed) {
    public static final AuditResult NOTHING = new AuditResult(0, 0, 0, 0, List.of());

    public AuditResult {
        listed = List.copyOf(listed);
    }

    /// Both together.
    ///
    /// @param maxListed differences to keep
    public AuditResult plus(AuditResult other, int maxListed) {
        List<Difference> both = new ArrayList<>(listed);
        both.addAll(other.listed.subList(0, Math.clamp(maxListed - listed.size(), 0, other.listed.size())));
        return new AuditResult(
                windows + other.windows,
                differences + other.differences,
                waiting + other.waiting,
                unsettled + other.unsettled,
                both);
    }
}
