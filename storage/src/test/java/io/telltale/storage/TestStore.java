package io.telltale.storage;

import com.typesafe.config.ConfigFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.Outcome;
import io.telltale.storage.read.Recovery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// A store with an embedded ClickHouse of its own, on any free port.
public final class TestStore implements AutoCloseable {
    public static final Duration SHORT_WINDOW = Duration.ofSeconds(10);
    public static final Duration MIDDLE_WINDOW = Duration.ofMinutes(1);
    public static final Duration LONG_WINDOW = Duration.ofMinutes(5);
    public static final Recovery RECOVERY = new Recovery(
            List.of(SHORT_WINDOW, MIDDLE_WINDOW, LONG_WINDOW),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(1));

    private final OutcomeStore store;
    private final ActorSystem system;
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private TestStore(StorageSettings settings) {
        store = OutcomeStore.open(settings, RECOVERY, InstantSource.system(), registry);
        system = ActorSystem.create("store-test");
    }

    public static TestStore open(Path dataDirectory) {
        return open(dataDirectory, Map.of());
    }

    public static TestStore open(Path dataDirectory, Map<String, Object> overrides) {
        return new TestStore(settings(dataDirectory, overrides));
    }

    public static StorageSettings settings(Path dataDirectory, Map<String, Object> overrides) {
        return StorageSettings.from(ConfigFactory.parseMap(overrides)
                .withFallback(ConfigFactory.parseMap(Map.of(
                        "telltale.storage.data-dir",
                        dataDirectory.toString(),
                        "telltale.storage.clickhouse.engine-dir",
                        "engine",
                        "telltale.storage.clickhouse.port",
                        0)))
                .withFallback(ConfigFactory.load()));
    }

    public OutcomeStore store() {
        return store;
    }

    public ActorSystem system() {
        return system;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /// Returns once all are durable.
    public void write(Outcome... outcomes) {
        write(List.of(outcomes));
    }

    public void write(List<? extends Outcome> outcomes) {
        Source<Pair<Outcome, Integer>, NotUsed> source =
                Source.from(outcomes).map(outcome -> Pair.create((Outcome) outcome, 0));
        await(source.via(store.<Integer>write(1000).asFlow()).runWith(Sink.ignore(), system));
    }

    public static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        system.terminate();
        await(system.getWhenTerminated());
        store.close();
    }
}
