package io.telltale.devices;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Silence;
import io.telltale.devices.state.DeviceState;
import io.telltale.devices.state.Peers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ExtensibleBehavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// One device. A shell: [DeviceState] does the thinking. There may be a million of them, so it keeps nothing that it
/// only needs while it recovers.
final class Device extends ExtensibleBehavior<Device.Command> {

    sealed interface Command {}

    /// Answered with the outcome, once the device has recovered.
    sealed interface Question extends Command {
        Inbound.ForDevice inbound();

        void answer(Outcome outcome);
    }

    /// By way of the sharding, from any node.
    ///
    /// @param number of the question, for the asker
    record Ask(long number, Inbound.ForDevice inbound, ActorRef<Answer> replyTo) implements Question {
        @Override
        public void answer(Outcome outcome) {
            replyTo.tell(new Answer(number, outcome));
        }
    }

    /// Straight to a device of the same node.
    ///
    /// @param replyTo where the same question is answered to when the device has gone meanwhile
    record NearAsk(long number, Inbound.ForDevice inbound, Answers answers, ActorRef<Answer> replyTo)
            implements Question {
        @Override
        public void answer(Outcome outcome) {
            answers.put(new Answer(number, outcome));
        }

        Ask toWhereverItIs() {
            return new Ask(number, inbound, replyTo);
        }
    }

    record Answer(long number, Outcome outcome) {}

    /// The outcome with this confirmation is stored.
    record Confirm(long mark) implements Command {}

    /// What people have said of a metric's anomalies is, in all, this many false alarms more than right ones.
    record Heed(String metric, int falseAlarms) implements Command {}

    enum Stop implements Command {
        NOW
    }

    private record Recovered(DeviceHistory history) implements Command {}

    private record RecoveryFailed(Throwable cause) implements Command {}

    private enum RecoverAgain implements Command {
        NOW
    }

    /// What devices share on one node.
    record Surroundings(DeviceSettings settings, History history, Roster roster, DeviceMetrics metrics, Peers peers) {}

    private final Surroundings surroundings;
    private final DeviceId id;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final ActorContext<Command> context;
    private final DeviceState state;
    private final Roster.Entry entry;

    /// Null once it is over.
    private @Nullable Recovery recovery;

    /// What waits for the history, and how long until it is asked for once more.
    private static final class Recovery {
        final Queue<Question> tooEarly = new ArrayDeque<>();
        Duration backoff;

        Recovery(Duration backoff) {
            this.backoff = backoff;
        }
    }

    static Behavior<Command> create(
            DeviceId id, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings surroundings) {
        return Behaviors.setup(context -> new Device(id, shard, surroundings, context));
    }

    private Device(
            DeviceId id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings surroundings,
            ActorContext<Command> context) {
        this.id = id;
        this.shard = shard;
        this.surroundings = surroundings;
        this.context = context;
        state = new DeviceState(id, surroundings.settings().rules(), surroundings.peers());
        entry = surroundings.roster().enter(id);
        recovery = new Recovery(surroundings.settings().recoveryBackoffMin());
        load();
    }

    @Override
    public Behavior<Command> receive(TypedActorContext<Command> ctx, Command message) {
        switch (message) {
            case Question question -> onQuestion(question);
            case Confirm confirm -> state.confirm(confirm.mark());
            case Heed heed -> state.heed(heed.metric(), heed.falseAlarms());
            case Recovered recovered -> onRecovered(recovered.history());
            case RecoveryFailed failed -> onRecoveryFailed(failed.cause());
            case RecoverAgain _ -> load();
            case Stop _ -> {
                return Behaviors.stopped();
            }
        }
        return this;
    }

    @Override
    public Behavior<Command> receiveSignal(TypedActorContext<Command> ctx, Signal signal) {
        if (signal instanceof PostStop) {
            surroundings.roster().leave(id, entry);
        }
        return this;
    }

    private void onQuestion(Question question) {
        if (recovery == null) {
            answer(question);
        } else if (recovery.tooEarly.size() < surroundings.settings().maxStashed()) {
            recovery.tooEarly.add(question);
        } else {
            // Unanswered, so never acked: the line's deadline passes and the message comes again.
            surroundings.metrics().stashFull();
        }
    }

    private void answer(Question question) {
        question.answer(state.apply(question.inbound()));
        entry.due(state.dueMillis());
        if (question.inbound() instanceof Silence silence && state.isPassive(silence.arrivalMillis())) {
            entry.packUp();
            surroundings.metrics().passivated();
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
    }

    private void load() {
        context.pipeToSelf(
                surroundings.history().load(id),
                (history, failure) -> failure == null ? new Recovered(history) : new RecoveryFailed(failure));
    }

    private void onRecovered(DeviceHistory history) {
        state.restore(history);
        entry.due(state.dueMillis());
        surroundings.metrics().recovered(history.snapshot().isPresent());
        entry.settle(context.getSelf());
        if (recovery != null) {
            var tooEarly = recovery.tooEarly;
            recovery = null;
            tooEarly.forEach(this::answer);
        }
    }

    private void onRecoveryFailed(Throwable cause) {
        if (recovery == null) {
            return;
        }
        surroundings.metrics().recoveryFailed();
        context.getLog().debug("recovery of {} failed, again in {}: {}", id, recovery.backoff, cause.toString());
        context.scheduleOnce(recovery.backoff, context.getSelf(), RecoverAgain.NOW);
        var longer = recovery.backoff.multipliedBy(2);
        var longest = surroundings.settings().recoveryBackoffMax();
        recovery.backoff = longer.compareTo(longest) > 0 ? longest : longer;
    }
}
