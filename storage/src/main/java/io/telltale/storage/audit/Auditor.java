package io.telltale.storage.audit;

import io.telltale.storage.audit.Comparison.Patience;
import io.telltale.storage.audit.Slices.Slice;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.Recovery;
import java.util.List;

/// Compares all rollups of a range with the points, slice by slice. On the calling thread; safe for several.
///
/// A window is compared when its rollup is stored, or is missing though its device has gone on beyond the window's end.
public final class Auditor {
    private static final int MAX_FIXED_AT_ONCE = 10_000;

    private final Slices slices;
    private final Comparison comparison;

    /// @param maxRows points and rollups of one query
    public Auditor(Queries queries, Recovery recovery, long maxRows) {
        slices = new Slices(queries, recovery.widestMillis(), maxRows);
        comparison = new Comparison(queries, recovery);
    }

    /// @param maxListed differences to list
    /// @throws Exception as the queries do; part of the range is then not compared
    public AuditResult audit(Scope scope, long fromMillis, long toMillis, Patience patience, int maxListed)
            throws Exception {
        var result = AuditResult.NOTHING;
        for (Slice slice : slices.of(scope, fromMillis, toMillis)) {
            int room = maxListed - result.listed().size();
            result = result.plus(
                    comparison.run(slice.scope(), slice.fromMillis(), slice.toMillis(), patience, Math.max(room, 1)),
                    maxListed);
        }
        return result;
    }

    /// Has every difference fixed.
    ///
    /// @return how many windows were
    public long repair(Scope scope, long fromMillis, long toMillis, Patience patience, Fix fix) throws Exception {
        long fixed = 0;
        for (Slice slice : slices.of(scope, fromMillis, toMillis)) {
            int now;
            do {
                now = fix.fix(comparison
                        .run(slice.scope(), slice.fromMillis(), slice.toMillis(), patience, MAX_FIXED_AT_ONCE)
                        .listed());
                fixed += now;
            } while (now == MAX_FIXED_AT_ONCE);
        }
        return fixed;
    }

    @FunctionalInterface
    public interface Fix {
        /// @return how many of the windows were rewritten
        int fix(List<Difference> differences) throws Exception;
    }
}
