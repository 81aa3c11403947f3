package io.telltale.storage.write;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.storage.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// How many rows a second go through `write` into a real engine, and what that costs here and there.
/// Arguments: data directory, seconds, window, messages a second (0: as many as fit), points per message.
public final class WriteBench {
    private static final int DEVICES = 10_000;
    private static final String[] METRICS = {"temperature", "humidity", "pressure", "voltage", "current", "power"};

    private WriteBench() {}

    static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int window = Integer.parseInt(arguments[2]);
        int rate = Integer.parseInt(arguments[3]);
        int pointsPerMessage = Integer.parseInt(arguments[4]);
        Files.createDirectories(data);
        DeviceId[] devices = new DeviceId[DEVICES];
        for (int i = 0; i < DEVICES; i++) {
            devices[i] = new DeviceId("meter-%05d".formatted(i));
        }
        try (var test = TestStore.open(data, Map.of())) {
            run(test, devices, 3, window, rate, pointsPerMessage);
            run(test, devices, seconds, window, rate, pointsPerMessage);
        }
    }

    private static void run(
            TestStore test, DeviceId[] devices, int seconds, int window, int rate, int pointsPerMessage) {
        long startMillis = System.currentTimeMillis();
        long startNanos = System.nanoTime();
        Duration engineCpu = engineCpu(test);
        Duration ownCpu = ownCpu();
        Source<Pair<Outcome, Integer>, NotUsed> source = Source.range(0, Integer.MAX_VALUE - 1)
                .takeWhile(i -> System.nanoTime() - startNanos < seconds * 1_000_000_000L)
                .map(i -> Pair.create(outcome(devices[i % DEVICES], i, startMillis, pointsPerMessage), i));
        if (rate > 0) {
            source = source.throttle(rate / 100, Duration.ofMillis(10));
        }
        long[] emitted = new long[1];
        var done = source.via(test.store().<Integer>write(window).asFlow())
                .runWith(Sink.foreach(pair -> emitted[0]++), test.system());
        TestStore.await(done.toCompletableFuture().orTimeout(10, TimeUnit.MINUTES));

        double elapsed = (System.nanoTime() - startNanos) / 1e9;
        double rows = emitted[0] * (double) pointsPerMessage;
        System.out.printf(
                "%.0f messages/s, %.0f rows/s; CPU microseconds per row: here %.2f, engine %.2f; lag p99 %d ms; inserts %d%n",
                emitted[0] / elapsed,
                rows / elapsed,
                ownCpu().minus(ownCpu).toNanos() / 1e3 / rows,
                engineCpu(test).minus(engineCpu).toNanos() / 1e3 / rows,
                test.store().ingestLagMillis(),
                test.registry().get("telltale.storage.batch.rows").summary().count());
    }

    private static Outcome outcome(DeviceId device, int i, long startMillis, int pointsPerMessage) {
        Point[] points = new Point[pointsPerMessage];
        long eventTimeMillis = startMillis + i / DEVICES * 1000L;
        for (int p = 0; p < pointsPerMessage; p++) {
            points[p] = new Point.Numeric(METRICS[p % METRICS.length], eventTimeMillis, 20 + i % 977 * 0.01 + p);
        }
        return new Outcome.Processed(
                device,
                System.currentTimeMillis(),
                Presence.ONLINE,
                List.of(points),
                List.of(),
                List.of(),
                Optional.empty(),
                Outcome.Counts.NONE,
                0);
    }

    private static Duration engineCpu(TestStore test) {
        return ProcessHandle.of(test.store().enginePid().orElseThrow())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }

    private static Duration ownCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }
}
