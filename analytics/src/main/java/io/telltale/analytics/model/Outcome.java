package io.telltale.analytics.model;

import java.util.List;
import java.util.Optional;

/// What one inbound element leaves behind, to be made durable before it is acked.
public sealed interface Outcome {

    /// A device's answer.
    ///
    /// @param points to be stored, duplicates included (the table's key absorbs them)
    /// @param rollups that closed or were revised, new or still unconfirmed
    /// @param anomalies new or still unconfirmed
    /// @param lateWindows where points of this message were not counted and the rollups need a repair
    /// @param snapshot of the device's state, when one is due
    /// @param counts how the points of this one message were judged
    /// @param confirmation what to tell the device once durable; 0 when there is nothing to confirm
    record Processed(
            DeviceId device,
            long arrivalMillis,
            Presence presence,
            List<Point> points,
            List<Rollup> rollups,
            List<Anomaly> anomalies,
            List<LateWindow> lateWindows,
            Optional<DeviceSnapshot> snapshot,
            Counts counts,
            long confirmation)
            implements Outcome {
        public Processed {
            points = List.copyOf(points);
            rollups = List.copyOf(rollups);
            anomalies = List.copyOf(anomalies);
            lateWindows = List.copyOf(lateWindows);
        }

        /// An answer to a message with no late point.
        public Processed(
                DeviceId device,
                long arrivalMillis,
                Presence presence,
                List<Point> points,
                List<Rollup> rollups,
                List<Anomaly> anomalies,
                Optional<DeviceSnapshot> snapshot,
                Counts counts,
                long confirmation) {
            this(
                    device,
                    arrivalMillis,
                    presence,
                    points,
                    rollups,
                    anomalies,
                    List.of(),
                    snapshot,
                    counts,
                    confirmation);
        }
    }

    /// What could not be decoded; or could not once, and is marked as replayed.
    record Rejected(DeadLetter deadLetter) implements Outcome {}

    /// Points of one message by kind. A point may be of one kind only; what is left over was counted as fresh.
    ///
    /// @param duplicates same metric, event time and value as one seen before
    /// @param corrections same metric and event time, another value
    /// @param late behind the watermark by more than the allowed lateness: stored, not rolled up here
    record Counts(int duplicates, int corrections, int late) {
        public static final Counts NONE = new Counts(0, 0, 0);
    }
}
