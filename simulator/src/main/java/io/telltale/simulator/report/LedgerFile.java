package io.telltale.simulator.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The ledger as one JSON document. All names in it are plain ASCII, so nothing needs escaping.
public final class LedgerFile {
    private LedgerFile() {}

    /// @param deviceIds by their place in the fleet, `telemetryAcked` likewise
    public static void write(Path file, LoadReport report, List<String> deviceIds, long[] telemetryAcked)
            throws IOException {
        var json = new StringBuilder(64 * deviceIds.size() + 512);
        openWith(report, json);
        json.append(",\"devices\":[");
        for (int i = 0; i < deviceIds.size(); i++) {
            json.append(i == 0 ? "\n" : ",\n")
                    .append("{\"id\":\"")
                    .append(deviceIds.get(i))
                    .append("\",\"acked\":")
                    .append(telemetryAcked[i])
                    .append('}');
        }
        Files.writeString(file, json.append("]}\n"));
    }

    /// The same without the devices.
    public static void write(Path file, LoadReport report) throws IOException {
        var json = new StringBuilder();
        openWith(report, json);
        Files.writeString(file, json.append("}\n"));
    }

    private static void openWith(LoadReport report, StringBuilder json) {
        var latency = report.latencyMillis();
        json.append('{');
        json.append("\"startMillis\":").append(report.startMillis());
        number(json, "endMillis", report.endMillis());
        number(json, "sent", report.sent());
        number(json, "resent", report.resent());
        number(json, "acked", report.acked());
        number(json, "unacked", report.unacked());
        number(json, "unsent", report.unsent());
        number(json, "duplicates", report.duplicates());
        number(json, "malformed", report.malformed());
        number(json, "connectFailures", report.connectFailures());
        number(json, "reconnects", report.reconnects());
        number(json, "points", report.points());
        json.append(",\"latencyMillis\":{\"p50\":").append(decimal(latency.p50()));
        json.append(",\"p90\":").append(decimal(latency.p90()));
        json.append(",\"p99\":").append(decimal(latency.p99()));
        json.append(",\"p999\":").append(decimal(latency.p999()));
        json.append(",\"max\":").append(decimal(latency.max())).append('}');
        json.append(",\"messagesPerSecond\":").append(decimal(report.messagesPerSecond()));
    }

    private static void number(StringBuilder json, String name, long value) {
        json.append(",\"").append(name).append("\":").append(value);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
