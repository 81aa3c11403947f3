package io.telltale.server.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import io.telltale.devices.DeviceSettings;
import io.telltale.devices.Devices;
import io.telltale.devices.state.DeviceState;
import io.telltale.gateway.GatewaySettings;
import io.telltale.gateway.payload.InboundDecoder;
import io.telltale.server.settings.SettingSources;
import io.telltale.storage.rows.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What a message costs at each stage of the line, and how that grows with its metrics. A thousand series in all, each
/// with some two thousand points behind it and one a second by its device's clock; the devices send in turn.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-Xmx2g", "--sun-misc-unsafe-memory-access=allow"})
public class StagesBench {
    private static final int SERIES = 1_000;
    private static final int POINTS_BEFORE = 2_000;
    private static final int MESSAGES = 10_000;
    private static final int OUTCOMES = 1_000;
    private static final int WINDOW = 32_768;
    private static final long START_MILLIS = 1_700_000_000_000L;

    @Param({"1", "3", "10", "100"})
    public int metrics;

    private final Random random = new Random(1);
    private final Config config =
            new SettingSources().load(Optional.empty(), List.of("pekko.loglevel=WARNING"), Map.of());
    private final InboundDecoder decoder =
            new InboundDecoder(GatewaySettings.from(config).payload());
    private DeviceId[] ids = {};
    private String[] topics = {};
    private String[] names = {};
    private byte[] payload = {};
    private int at;

    @Setup
    public void begin() {
        names = IntStream.range(0, metrics).mapToObj("metric%02d"::formatted).toArray(String[]::new);
        ids = IntStream.range(0, SERIES / metrics)
                .mapToObj("meter-%06d"::formatted)
                .map(DeviceId::new)
                .toArray(DeviceId[]::new);
        topics = Arrays.stream(ids).map(id -> "telemetry/" + id.value()).toArray(String[]::new);
        payload = payload().getBytes(UTF_8);
    }

    /// The devices' states, and what they last answered.
    @State(Scope.Thread)
    public static class Fleet {
        private final Batch batch = new Batch();
        private final List<Outcome> outcomes = new ArrayList<>();
        private DeviceState[] states = {};

        @Setup
        public void begin(StagesBench bench) {
            var rules = DeviceSettings.from(bench.config).rules();
            states = Arrays.stream(bench.ids)
                    .map(id -> new DeviceState(id, rules))
                    .toArray(DeviceState[]::new);
            for (int i = 0; i < POINTS_BEFORE * states.length; i++) {
                bench.state(this);
            }
            for (int i = 0; i < OUTCOMES; i++) {
                outcomes.add(bench.state(this));
            }
        }
    }

    /// The devices' actors.
    @State(Scope.Thread)
    public static class Actors {
        private @Nullable ActorSystem<?> system;
        private @Nullable Devices devices;

        @Setup
        public void begin(StagesBench bench) {
            system = ActorSystem.create(Behaviors.empty(), "stages", bench.config);
            devices = Devices.start(
                    system,
                    DeviceSettings.from(bench.config),
                    Clock.systemUTC(),
                    device -> CompletableFuture.completedFuture(DeviceHistory.none(device)),
                    new SimpleMeterRegistry());
            for (int i = 0; i < POINTS_BEFORE * bench.ids.length; i += MESSAGES) {
                bench.ask(this);
            }
        }

        @TearDown
        public void end() {
            requireNonNull(system).terminate();
        }
    }

    /// To be taken off the others that need one.
    @Benchmark
    public Report report() {
        int device = at % ids.length;
        long timeMillis = START_MILLIS + at++ / ids.length * 1000L;
        var points = new Point[metrics];
        for (int i = 0; i < metrics; i++) {
            points[i] = new Point.Numeric(names[i], timeMillis, 20 + random.nextInt(100) / 100.0);
        }
        return new Report(ids[device], timeMillis, List.of(points));
    }

    @Benchmark
    public Inbound decode() {
        return decoder.decode(topics[at++ % topics.length], payload, START_MILLIS, "listener");
    }

    /// Windows, detectors, and the outcome; what is to be confirmed is.
    @Benchmark
    public Outcome.Processed state(Fleet fleet) {
        var state = fleet.states[at % ids.length];
        var outcome = state.apply(report());
        if (outcome.confirmation() != 0) {
            state.confirm(outcome.confirmation());
        }
        return outcome;
    }

    /// The same by way of the devices' actors, on as many cores as there are.
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public Object ask(Actors actors) {
        var devices = requireNonNull(actors.devices);
        return Source.range(1, MESSAGES)
                .map(i -> Pair.<Inbound, Integer>create(report(), i))
                .via(devices.<Integer>process(WINDOW).asFlow())
                .via(devices.<Integer>confirm().asFlow())
                .runWith(Sink.ignore(), requireNonNull(actors.system))
                .toCompletableFuture()
                .join();
    }

    /// Into the batch's columns, and those to the network.
    @Benchmark
    @OperationsPerInvocation(OUTCOMES)
    public Batch encode(Fleet fleet) throws IOException {
        var batch = fleet.batch;
        for (int i = 0; i < OUTCOMES; i++) {
            batch.add(fleet.outcomes.get(i));
        }
        batch.seal(START_MILLIS);
        var network = OutputStream.nullOutputStream();
        batch.points().writeTo(network);
        for (var block : batch.derived()) {
            block.writeTo(network);
        }
        batch.clear();
        return batch;
    }

    private String payload() {
        var json = new StringBuilder("{\"ts\":" + START_MILLIS);
        for (String name : names) {
            json.append(",\"%s\":%.2f".formatted(name, 20 + random.nextDouble()));
        }
        return json.append('}').toString();
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(StagesBench.class.getSimpleName() + arguments(arguments))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    /// Perhaps the one stage that is asked for.
    private static String arguments(String[] arguments) {
        return arguments.length == 0 ? "" : "." + arguments[0];
    }
}
