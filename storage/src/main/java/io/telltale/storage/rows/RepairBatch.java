package io.telltale.storage.rows;

import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Rollup;
import java.util.Collection;

/// What one round of repairs writes. Filled by one thread, then sealed.
public final class RepairBatch {
    private final RollupRows rollups = new RollupRows();
    private final LateWindowMarks marks = new LateWindowMarks();

    public void add(Collection<Rollup> repaired) {
        repaired.forEach(rollups::add);
    }

    /// The window needs no further look.
    ///
    /// @param storedAtMillis as it was read
    public void repaired(LateWindow window, long storedAtMillis) {
        marks.add(window, 0, true, storedAtMillis);
    }

    public void lookAgain(LateWindow window, long dueMillis, long storedAtMillis) {
        marks.add(window, dueMillis, false, storedAtMillis);
    }

    public void seal(long storedAtMillis) {
        rollups.seal(storedAtMillis);
        marks.seal(storedAtMillis);
    }

    public Block rollups() {
        return rollups;
    }

    /// To be stored after the rollups.
    public Block marks() {
        return marks;
    }
}
