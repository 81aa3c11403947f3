package io.telltale.server.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/// What a message costs at each stage of the line, and how that grows with its metrics. A thousand devices in turn,
/// each
/// a message a second by its own clock, in order.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-Xmx3g", "--sun-misc-unsafe-memory-access=allow"})
public class StagesBench {
    private static final int DEVICES = 1_000;
    private static final int MESSAGES = 10 * DEVICES;
    private static final int WINDOW = 32_768;
    private static final long START_MILLIS = 1_700_000_000_000L;

    @Param({"1", "3", "10", "100"})
    public int metrics;

    private final Random random = new Random(1);
    private final Config config =
            new SettingSources().load(Optional.empty(), List.of("pekko.loglevel=WARNING"), Map.of());
    private final DeviceSettings settings = DeviceSettings.from(config);
    private final InboundDecoder decoder =
            new InboundDecoder(GatewaySettings.from(config).payload());
    private final DeviceId[] ids = IntStream.range(0, DEVICES)
            .mapToObj("meter-%06d"::formatted)
            .map(DeviceId::new)
            .toArray(DeviceId[]::new);
    private final String[] topics =
            Arrays.stream(ids).map(id -> "telemetry/" + id.value()).toArray(String[]::new);
    private final DeviceState[] states =
            Arrays.stream(ids).map(id -> new DeviceState(id, settings.rules())).toArray(DeviceState[]::new);
    private final byte[][] payloads = new byte[DEVICES][];
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Batch batch = new Batch();
    private String[] names = {};
    private ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "stages", config);
    private Devices devices = Devices.start(
            system,
            settings,
            Clock.systemUTC(),
            device -> CompletableFuture.completedFuture(DeviceHistory.none(device)),
            new SimpleMeterRegistry());
    private int at;

    @Setup
    public void begin() {
        names = IntStream.range(0, metrics).mapToObj("metric%02d"::formatted).toArray(String[]::new);
        for (int i = 0; i < DEVICES; i++) {
            payloads[i] = payload().getBytes(UTF_8);
        }
        for (int i = 0; i < MESSAGES; i++) {
            var outcome = state();
            if (i >= MESSAGES - DEVICES) {
                outcomes.add(outcome);
            }
        }
    }

    @TearDown
    public void end() {
        system.terminate();
    }

    /// To be taken off the others that need one.
    @Benchmark
    public Report report() {
        int device = at % DEVICES;
        long timeMillis = START_MILLIS + at++ / DEVICES * 1000L;
        var points = new Point[metrics];
        for (int i = 0; i < metrics; i++) {
            points[i] = new Point.Numeric(names[i], timeMillis, 20 + random.nextInt(100) / 100.0);
        }
        return new Report(ids[device], timeMillis, List.of(points));
    }

    @Benchmark
    public Inbound decode() {
        int device = at++ % DEVICES;
        return decoder.decode(topics[device], payloads[device], START_MILLIS, "listener");
    }

    /// Windows, detectors, and the outcome; what is to be confirmed is.
    @Benchmark
    public Outcome.Processed state() {
        var state = states[at % DEVICES];
        var outcome = state.apply(report());
        if (outcome.confirmation() != 0) {
            state.confirm(outcome.confirmation());
        }
        return outcome;
    }

    /// The same by way of the devices' actors, wherever those run.
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public Object ask() {
        return Source.range(1, MESSAGES)
                .map(i -> Pair.<Inbound, Integer>create(report(), i))
                .via(devices.<Integer>process(WINDOW).asFlow())
                .via(devices.<Integer>confirm().asFlow())
                .runWith(Sink.ignore(), system)
                .toCompletableFuture()
                .join();
    }

    /// Into the batch's columns, and those to the network.
    @Benchmark
    @OperationsPerInvocation(DEVICES)
    public Batch encode() throws IOException {
        for (int i = 0; i < DEVICES; i++) {
            batch.add(outcomes.get(i));
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
