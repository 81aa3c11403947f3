package io.telltale.devices;

import io.micrometer.core.instrument.MeterRegistry;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.analytics.model.Silence;
import io.telltale.devices.state.Peers;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.FlowWithContext;
import org.apache.pekko.stream.javadsl.Source;

/// All devices: one actor each, spread over the cluster. Thread-safe.
public final class Devices {
    private static final EntityTypeKey<Device.Command> DEVICE = EntityTypeKey.create(Device.Command.class, "device");

    private final DeviceSettings settings;
    private final InstantSource clock;
    private final Roster roster;
    private final DeviceMetrics metrics;
    private final ActorRef<ShardingEnvelope<Device.Command>> region;

    /// Joins the actor system to a cluster of its own, unless its configuration names seed nodes.
    public static Devices start(
            ActorSystem<?> system,
            DeviceSettings settings,
            InstantSource clock,
            History history,
            MeterRegistry registry) {
        var cluster = Cluster.get(system);
        if (system.settings().config().getStringList("pekko.cluster.seed-nodes").isEmpty()) {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
        return new Devices(system, settings, clock, history, registry);
    }

    private Devices(
            ActorSystem<?> system,
            DeviceSettings settings,
            InstantSource clock,
            History history,
            MeterRegistry registry) {
        this.settings = settings;
        this.clock = clock;
        roster = new Roster(settings.rules().resendAfter());
        metrics = new DeviceMetrics(registry, roster);
        var surroundings = new Device.Surroundings(
                settings, history, roster, metrics, new Peers(settings.rules().types()));
        region = ClusterSharding.get(system)
                .init(Entity.of(
                                DEVICE,
                                entity -> Device.create(
                                        new DeviceId(entity.getEntityId()), entity.getShard(), surroundings))
                        .withStopMessage(Device.Stop.NOW)
                        // Devices go when they say so. Sharding would stop them after two minutes: it does not see
                        // what they are asked straight.
                        .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                        .withMessageExtractor(new HashCodeMessageExtractor<>(settings.shards())));
        var forwarder = system.systemActorOf(Forwarder.to(region), "telltale-forwarder", Props.empty());
        system.eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, forwarder));
    }

    /// Asks each element's device, up to `window` at once, in order. A dead letter has no device and passes as it is.
    /// Fails when a device does not answer within the deadline.
    public <C> FlowWithContext<Inbound, C, Outcome, C, NotUsed> process(int window) {
        return FlowWithContext.fromPairs(
                Flow.fromGraph(new AskStage<C>(region, roster, window, settings.askDeadline(), this::answered)));
    }

    /// Tells each outcome's device that it is stored.
    public <C> FlowWithContext<Outcome, C, Outcome, C, NotUsed> confirm() {
        return FlowWithContext.<Outcome, C>create().map(outcome -> {
            if (outcome instanceof Outcome.Processed processed && processed.confirmation() != 0) {
                confirm(processed.device(), new Device.Confirm(processed.confirmation()));
            }
            return outcome;
        });
    }

    /// Tells a device how many more anomalies of a metric people said to be false alarms than to be right. It is stored
    /// before, so that a device that is not awake, or never hears it, learns it in its next recovery.
    public void heed(SeriesKey series, int falseAlarms) {
        region.tell(new ShardingEnvelope<>(series.device().value(), new Device.Heed(series.metric(), falseAlarms)));
    }

    private void confirm(DeviceId device, Device.Confirm confirm) {
        var resident = roster.resident(device);
        if (resident == null) {
            region.tell(new ShardingEnvelope<>(device.value(), confirm));
        } else {
            resident.tell(confirm);
        }
    }

    /// Every so often, the devices of this node that time alone has changed.
    ///
    /// @param held while true nobody is asked, nor for a while after, nor for a while from now: a device we do not
    /// listen to is not silent
    public Source<Inbound, Cancellable> sweep(BooleanSupplier held) {
        var pause = new SweepPause(held, settings.sweepResumesAfter().toMillis(), clock.millis());
        return Source.tick(settings.sweepEvery(), settings.sweepEvery(), NotUsed.notUsed())
                .mapConcat(tick -> {
                    long nowMillis = clock.millis();
                    return pause.lasts(nowMillis) ? List.of() : roster.due(nowMillis);
                });
    }

    /// Has the sweep ask these devices too, though they have no actor yet: those that something was still open of when
    /// the node went down, see [LeftOpen]. First they get as long to speak for themselves as after an outage of the
    /// store: most will, and a restart is no stampede.
    public void wake(Collection<DeviceId> devices) {
        long dueMillis = clock.millis() + settings.sweepResumesAfter().toMillis();
        devices.forEach(device -> roster.wake(device, dueMillis));
    }

    private void answered(Inbound asked, Outcome outcome) {
        if (asked instanceof Silence silence) {
            roster.awake(silence.device());
        }
        if (outcome instanceof Outcome.Processed processed) {
            metrics.count(processed);
        }
    }
}
