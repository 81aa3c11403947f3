package io.telltale.simulator.report;

import java.util.List;
import java.util.Map;

/// The anomalies that a server reported, held against the faults that were injected. A fault counts once however
/// often it is reported, a false report each time. Made by a [DetectionTally].
///
/// @param found faults that were reported
/// @param precision `found` of all that was found or false, 1 where there was neither; `recall` share of the
/// faults that were found, 1 without faults; `f1` their harmonic mean
/// @param deviceDays how long the devices were watched, by their own clocks
/// @param kinds per kind of fault
/// @param alarms per kind of report
/// @param missed the first 1,000 faults that nobody reported, `falseAlarms` likewise: to learn from
/// @param shown faults and reports of a few devices, for the plot
public record Detection(
        long faults,
        long found,
        long reports,
        long falseReports,
        double precision,
        double recall,
        double f1,
        double deviceDays,
        double falsePerDeviceDay,
        List<Kind> kinds,
        List<Alarm> alarms,
        List<Missed> missed,
        List<FalseAlarm> falseAlarms,
        List<Track> shown) {
    /// A kind of fault. Which kind of fault a false report takes itself for nobody can say: those of a kind of
    /// report are shared out as its true ones are, and `precision` is what follows from that.
    ///
    /// @param delaySeconds from the beginning of the fault to the first report of it, on the device's clock: median
    /// of those found; `mostDelaysSeconds`: the time within which 90 % were
    /// @param delays all of them in milliseconds, as HdrHistogram's compressed bytes
    public record Kind(
            String kind,
            long faults,
            long found,
            double precision,
            double recall,
            double f1,
            double delaySeconds,
            double mostDelaysSeconds,
            byte[] delays) {}

    /// A kind of report, as the server names it.
    ///
    /// @param trueReports by the kind of fault that they lie in
    public record Alarm(String kind, long reports, long falseReports, Map<String, Long> trueReports) {
        public Alarm {
            trueReports = Map.copyOf(trueReports);
        }
    }

    /// @param size as in the labels
    public record Missed(String device, String metric, String kind, long startMillis, long endMillis, double size) {}

    /// @param explanation in the server's words
    public record FalseAlarm(String device, String metric, String kind, long millis, String explanation) {}

    /// One series.
    public record Track(String device, String metric, List<Span> faults, List<Mark> reports) {}

    public record Span(String kind, long startMillis, long endMillis) {}

    public record Mark(String kind, long millis) {}

    public Detection {
        kinds = List.copyOf(kinds);
        alarms = List.copyOf(alarms);
        missed = List.copyOf(missed);
        falseAlarms = List.copyOf(falseAlarms);
        shown = List.copyOf(shown);
    }
}
