package io.telltale.simulator.report;

import java.util.List;

/// The anomalies that a server reported, held against the faults that were injected.
///
/// @param precision share of the reports that lie in a fault, 1 without reports; `recall` share of the faults
/// that were reported, 1 without faults; `f1` their harmonic mean
/// @param kinds per kind of fault
/// @param shown faults and reports of a few devices, for the plot
public record Detection(
        long faults,
        long found,
        long reports,
        long falseReports,
        double precision,
        double recall,
        double f1,
        List<Kind> kinds,
        List<Track> shown) {
    /// @param delaySeconds from the beginning of the fault to the first report in it: median of those found
    public record Kind(String kind, long faults, long found, double recall, double delaySeconds) {}

    /// One series.
    public record Track(String device, String metric, List<Span> faults, List<Mark> reports) {}

    public record Span(String kind, long startMillis, long endMillis) {}

    public record Mark(String kind, long millis) {}

    public Detection {
        kinds = List.copyOf(kinds);
        shown = List.copyOf(shown);
    }
}
