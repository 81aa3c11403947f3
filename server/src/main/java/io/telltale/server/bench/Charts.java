package io.telltale.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.server.trial.Sql;
import io.telltale.storage.clickhouse.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// Somebody looks at one chart after another while the fleet sends, at the fleet in between, and at the end at what it
/// all takes on the disk.
final class Charts implements Trouble {
    private static final int PIXELS = 1000;
    private static final long PAUSE_MILLIS = 100;
    private static final long WARM_UP_MILLIS = 10_000;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final long SHORTEST_MILLIS = Duration.ofMinutes(1).toMillis();

    private final ObjectMapper json = new ObjectMapper();
    private final Random random = new Random(1);
    private final Histogram seriesMicros = new Histogram(3);
    private final Histogram overviewMicros = new Histogram(3);

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep(WARM_UP_MILLIS);
        var devices = Stage.meters(1, stage.load().devices());
        var metrics = metrics(stage, devices.getFirst());
        while (stage.fleet().isRunning()) {
            seriesMicros.recordValue(micros(stage, aChart(stage, devices, metrics)));
            overviewMicros.recordValue(micros(stage, "overview"));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        stage.fleet().await();
        stage.processes().close();
        var found = new TreeMap<String, Double>();
        found.put("charts", (double) seriesMicros.getTotalCount());
        put(found, "series", seriesMicros);
        put(found, "overview", overviewMicros);
        found.putAll(bytes(stage.server().store().address()));
        return found;
    }

    private List<String> metrics(Stage stage, String device) throws IOException, InterruptedException {
        JsonNode latest = json.readTree(stage.get("api/v1/devices/" + device)).path("latest");
        return IntStream.range(0, latest.size())
                .mapToObj(i -> latest.path(i).path("metric").asText())
                .toList();
    }

    /// A range between a minute and a day; short ones are as frequent as long ones.
    private String aChart(Stage stage, List<String> devices, List<String> metrics) {
        long nowMillis = stage.nowMillis();
        double share = Math.pow((double) DAY_MILLIS / SHORTEST_MILLIS, random.nextDouble());
        return "devices/%s/series?metric=%s&from=%d&to=%d&points=%d"
                .formatted(
                        devices.get(random.nextInt(devices.size())),
                        metrics.get(random.nextInt(metrics.size())),
                        nowMillis - (long) (SHORTEST_MILLIS * share),
                        nowMillis,
                        PIXELS);
    }

    private long micros(Stage stage, String path) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        stage.get("api/v1/" + path);
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startNanos);
    }

    private static void put(Map<String, Double> found, String what, Histogram micros) {
        found.put(what + "MillisP50", micros.getValueAtPercentile(50) / 1000.0);
        found.put(what + "MillisP99", micros.getValueAtPercentile(99) / 1000.0);
        found.put(what + "MillisMax", micros.getMaxValue() / 1000.0);
    }

    /// After everything is merged that can be.
    private Map<String, Double> bytes(Address address) throws IOException, InterruptedException {
        try (var sql = new Sql()) {
            sql.tell(address, "OPTIMIZE TABLE telltale.points FINAL");
            sql.tell(address, "OPTIMIZE TABLE telltale.rollups FINAL");
            var sums = sql.tell(address, """
                    SELECT sumIf(rows, table = 'points'), sumIf(bytes_on_disk, table = 'points'),
                        sumIf(bytes_on_disk, table IN ('points', 'rollups'))
                    FROM system.parts WHERE active AND database = 'telltale'""").split("\t", -1);
            double points = Double.parseDouble(sums[0]);
            return Map.of(
                    "bytesPerPoint", Double.parseDouble(sums[1]) / points,
                    "bytesPerPointWithRollups", Double.parseDouble(sums[2]) / points);
        }
    }
}
