package io.telltale.storage.rows;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.LateWindow;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Rollup;
import java.util.List;
import java.util.stream.Stream;

/// The outcomes that become durable together: a block for each table. Filled by one thread at a time until sealed.
public final class Batch {
    private final LateWindowRows lateWindows = new LateWindowRows();
    private final PointRows points = new PointRows();
    private final RollupRows rollups = new RollupRows();
    private final AnomalyRows anomalies = new AnomalyRows();
    private final DeadLetterRows deadLetters = new DeadLetterRows();
    private final DeviceStateRows deviceStates = new DeviceStateRows();
    private final Arrivals arrivals = new Arrivals();

    public void add(Outcome outcome) {
        switch (outcome) {
            case Outcome.Processed processed -> add(processed);
            case Outcome.Rejected(var deadLetter) -> {
                deadLetters.add(deadLetter);
                // One that is marked waits since its replay; it came long ago.
                arrivals.add(deadLetter.replayedMillis().orElse(deadLetter.arrivalMillis()));
            }
        }
    }

    private void add(Outcome.Processed processed) {
        if (!processed.points().isEmpty()) {
            points.add(processed.device(), processed.points());
            arrivals.add(processed.arrivalMillis());
        }
        for (LateWindow window : processed.lateWindows()) {
            lateWindows.add(window);
        }
        for (Rollup rollup : processed.rollups()) {
            rollups.add(rollup);
        }
        for (Anomaly anomaly : processed.anomalies()) {
            anomalies.add(anomaly);
        }
        if (processed.snapshot().isPresent()) {
            deviceStates.add(processed.snapshot().get());
        }
    }

    /// After this nothing is added any more.
    ///
    /// @param storedAtMillis greater by two at least than that of the batch before: of two rows with one key the
    /// later batch's counts
    public void seal(long storedAtMillis) {
        blocks().forEach(block -> block.seal(storedAtMillis));
    }

    /// Empties it for the next round; the memory stays.
    public void clear() {
        blocks().forEach(Block::clear);
        arrivals.clear();
    }

    public boolean isEmpty() {
        return rows() == 0;
    }

    public int rows() {
        return lateWindows.rows()
                + points.rows()
                + rollups.rows()
                + anomalies.rows()
                + deadLetters.rows()
                + deviceStates.rows();
    }

    public long size() {
        return lateWindows.size()
                + points.size()
                + rollups.size()
                + anomalies.size()
                + deadLetters.size()
                + deviceStates.size();
    }

    private Stream<Block> blocks() {
        return Stream.of(lateWindows, points, rollups, anomalies, deadLetters, deviceStates);
    }

    /// What the points of this batch leave to be repaired.
    public Block lateWindows() {
        return lateWindows;
    }

    public Block points() {
        return points;
    }

    /// What was derived from the points of this batch and of earlier ones, and so must not be stored before them.
    public List<Block> derived() {
        return List.of(rollups, anomalies, deadLetters);
    }

    /// What says how far a device has come, and so must not be stored before what was derived until there.
    public Block deviceStates() {
        return deviceStates;
    }

    public void forEachArrival(ArrivalVisitor visitor) {
        arrivals.forEach(visitor);
    }

    /// Called with a time and how many outcomes arrived then.
    @FunctionalInterface
    public interface ArrivalVisitor {
        void visit(long arrivalMillis, int outcomes);
    }
}
