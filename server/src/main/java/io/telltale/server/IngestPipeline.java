package io.telltale.server;

import io.telltale.dashboard.live.LiveHub;
import io.telltale.devices.Devices;
import io.telltale.gateway.Ack;
import io.telltale.gateway.Door;
import io.telltale.storage.OutcomeStore;
import io.telltale.storage.write.StoreHealth;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.RestartSettings;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.RestartSource;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/// The life of a measurement, from a door to its ack. Whoever reads this file knows the system.
///
/// Every element goes forward once; the only thing that comes back is the ack. A line that fails is run again as a
/// whole, with back-off: what was not acked comes again by itself, and nothing of it is counted twice.
final class IngestPipeline {
    private final Devices devices;
    private final LiveHub live;
    private final OutcomeStore store;
    private final ServerSettings settings;
    private final ActorSystem<?> system;
    private final SharedKillSwitch sweepSwitch = KillSwitches.shared("sweep");

    IngestPipeline(Devices devices, LiveHub live, OutcomeStore store, ServerSettings settings, ActorSystem<?> system) {
        this.devices = devices;
        this.live = live;
        this.store = store;
        this.settings = settings;
        this.system = system;
    }

    /// Runs until the door has stopped reading and everything it took in is acked.
    CompletionStage<Done> run(Door door) {
        int window = settings.window();
        return again(() -> door.deliveries()
                .via(devices.<Ack>process(window))
                .via(live.tap()) // may forget, may not wait
                .via(store.write(window)) // emits once durable
                .via(devices.confirm())
                .asSource()
                .via(door.acknowledge())); // in arrival order
    }

    /// The same line for what devices do not say. Nobody waits for it, so it has no ack.
    CompletionStage<Done> sweep() {
        int window = settings.sweepWindow();
        return again(() -> devices.sweep(this::storeIsBehind)
                .via(sweepSwitch.flow())
                .asSourceWithContext(silence -> NotUsed.notUsed())
                .via(devices.process(window))
                .via(live.tapSweep())
                .via(store.write(window))
                .via(devices.confirm())
                .asSource());
    }

    /// The same line once more, for what was not understood the first time. Completes when all of it is durable and
    /// every letter is marked; the mark follows the points, so that what is marked is stored.
    CompletionStage<Done> replay(List<DeadLetterReplay.Reread> letters) {
        int window = settings.sweepWindow();
        return Source.from(letters)
                .asSourceWithContext(DeadLetterReplay.Reread::mark)
                .map(DeadLetterReplay.Reread::replay)
                .via(devices.process(window))
                .via(live.tapSweep()) // the message is old: nobody was seen
                .via(store.write(window))
                .via(devices.confirm())
                .asSource()
                .map(Pair::second)
                .asSourceWithContext(_ -> NotUsed.notUsed())
                .via(store.write(window))
                .asSource()
                .runWith(Sink.ignore(), system);
    }

    void stopSweep() {
        sweepSwitch.shutdown();
    }

    private boolean storeIsBehind() {
        return store.health().state() == StoreHealth.State.BEHIND;
    }

    private <T> CompletionStage<Done> again(Supplier<Source<T, ?>> line) {
        var restarts = RestartSettings.create(settings.restartBackoffMin(), settings.restartBackoffMax(), 0.2);
        return RestartSource.onFailuresWithBackoff(restarts, line::get).runWith(Sink.ignore(), system);
    }
}
