package io.telltale.dashboard;

import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.snapshot;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Presence;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.devices.DeviceListing;
import io.telltale.dashboard.devices.DeviceListing.Sort;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/// What the live view costs and how fast it is. A program, not a test: prints a table and ends. Takes a minute.
public final class DashboardBench {
    private static final InstantSource CLOCK = InstantSource.system();

    private DashboardBench() {}

    public static void main(String[] args) throws Exception {
        tapCost(1);
        tapCost(2);
        for (int devices : new int[] {100_000, 1_000_000}) {
            listing(devices);
        }
        latency();
    }

    /// Outcomes of four points of 10,000 devices nobody watches, through the stream stage, and the stage alone without
    /// the tap for comparison.
    private static void tapCost(int streams) throws Exception {
        var outcomes = IntStream.range(0, 10_000)
                .mapToObj(i -> Outcomes.heard("meter-%05d".formatted(i), CLOCK.millis(), fourPoints(i)))
                .map(Outcome.class::cast)
                .toArray(Outcome[]::new);
        try (var server = new RunningDashboard("", CLOCK)) {
            for (boolean tapped : new boolean[] {false, true}) {
                double best = Double.MAX_VALUE;
                for (int round = 0; round < 6; round++) {
                    best = Math.min(best, nanosPerOutcome(server, outcomes, streams, tapped));
                }
                System.out.printf(
                        "%d stream(s) %-12s %7.0f ns per outcome%n",
                        streams, tapped ? "with tap" : "without tap", best);
            }
        }
    }

    private static double nanosPerOutcome(RunningDashboard server, Outcome[] outcomes, int streams, boolean tapped) {
        int each = 1_000_000;
        long start = System.nanoTime();
        var running = new ArrayList<CompletionStage<?>>();
        for (int stream = 0; stream < streams; stream++) {
            int offset = stream * 5000;
            var source = Source.range(1, each)
                    .map(i -> Pair.create(outcomes[(i + offset) % outcomes.length], i))
                    .asSourceWithContext(Pair::second)
                    .map(Pair::first);
            running.add((tapped ? source.via(server.hub.tap()) : source).runWith(Sink.ignore(), server.system));
        }
        running.forEach(stage -> stage.toCompletableFuture().join());
        return (System.nanoTime() - start) / (double) each;
    }

    private static void listing(int devices) {
        long before = usedBytes();
        var index = new DeviceIndex(new DeviceIndex.Limits(2_000_000, 100), CLOCK, new SimpleMeterRegistry());
        for (int i = 0; i < devices; i++) {
            // Scattered, as a hash map hands them out after a restart.
            int scattered = (int) (i * 7_919L % devices);
            index.load(snapshot(
                    "meter-%07d".formatted(scattered), Presence.ONLINE, 1_000_000 + i % 50_000, fourPoints(i)));
        }
        System.out.printf("%,d devices: %d bytes each%n", devices, (usedBytes() - before) / devices);
        long start = System.nanoTime();
        index.list(request("", Sort.ID, 1));
        System.out.printf("  first list, orders all ids  %6.1f ms%n", (System.nanoTime() - start) / 1e6);
        for (Sort sort : Sort.values()) {
            print(index, "page 1 by " + sort, request("", sort, 1));
        }
        print(index, "page 1,000 by last seen", request("", Sort.LAST_SEEN_DESCENDING, 1000));
        print(index, "part of the id", request("99", Sort.LAST_SEEN_DESCENDING, 1));
    }

    private static void print(DeviceIndex index, String what, DeviceListing.Request request) {
        var millis = IntStream.range(0, 15)
                .mapToDouble(round -> {
                    long start = System.nanoTime();
                    index.list(request);
                    return (System.nanoTime() - start) / 1e6;
                })
                .sorted()
                .toArray();
        System.out.printf("  %-34s median %6.1f ms, worst %6.1f ms%n", what, millis[7], millis[14]);
    }

    private static DeviceListing.Request request(String part, Sort sort, int page) {
        return new DeviceListing.Request(part, Optional.empty(), sort, page, 50);
    }

    /// 5,000 messages a second of 1,000 devices to three browsers that each watch 500 rows and the points of 8 devices:
    /// from the tap to the browser's listener.
    private static void latency() throws Exception {
        try (var server = new RunningDashboard("", CLOCK)) {
            var browsers = IntStream.range(0, 3).mapToObj(i -> new Ages()).toList();
            String rows = String.join(
                    ",",
                    IntStream.range(0, 500)
                            .mapToObj("\"meter-%04d\""::formatted)
                            .toList());
            String points = String.join(
                    ",",
                    IntStream.range(0, 8).mapToObj("\"meter-%04d\""::formatted).toList());
            for (Ages browser : browsers) {
                server.client()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/api/v1/live"), browser)
                        .join()
                        .sendText(
                                "{\"type\":\"watch\",\"overview\":true,\"devices\":[" + rows + "],\"points\":[" + points
                                        + "]}",
                                true)
                        .join();
            }
            long start = System.nanoTime();
            for (int sent = 0; sent < 100_000; sent += 5) {
                var burst = IntStream.range(sent, sent + 5)
                        .mapToObj(i -> Outcomes.heard(
                                "meter-%04d".formatted(i % 1000),
                                CLOCK.millis(),
                                point("sentMillis", CLOCK.millis(), (double) CLOCK.millis()),
                                point("t", CLOCK.millis(), i)))
                        .toArray(Outcome[]::new);
                server.hears(burst);
                LockSupport.parkNanos(start + TimeUnit.MILLISECONDS.toNanos((sent + 5) / 5) - System.nanoTime());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            for (Ages browser : browsers) {
                System.out.printf("live at %.0f msg/s: %s%n", 100_000 / seconds, browser.summary());
            }
        }
    }

    private static Point[] fourPoints(int i) {
        return new Point[] {
            point("temperature", 1000 + i, i),
            point("humidity", 1000 + i, i),
            point("pressure", 1000 + i, i),
            point("battery", 1000 + i, i)
        };
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// A browser that looks at nothing but how old the points are.
    private static final class Ages implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();
        private final List<Long> millis = new ArrayList<>();
        private long frames;

        @Override
        public synchronized @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames++;
                String frame = partial.toString();
                partial.setLength(0);
                if (frame.startsWith("{\"type\":\"points\"")) {
                    long now = CLOCK.millis();
                    Contract.json(frame)
                            .at("/series/sentMillis")
                            .forEach(pair -> millis.add(now - pair.get(1).asLong()));
                }
            }
            socket.request(1);
            return null;
        }

        synchronized String summary() {
            long[] sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
            return "%d frames, %d points, age p50 %d ms, p99 %d ms, max %d ms"
                    .formatted(
                            frames,
                            sorted.length,
                            sorted[sorted.length / 2],
                            sorted[sorted.length * 99 / 100],
                            sorted[sorted.length - 1]);
        }
    }
}
