package io.telltale.devices;

import io.telltale.analytics.model.DeviceHistory;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Silence;
import io.telltale.devices.state.DeviceState;
import io.telltale.devices.state.Peers;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// One device. A shell: [DeviceState] does the thinking.
final class Device {

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
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> stash;
    private final DeviceState state;
    private final Roster.Entry entry;
    private Duration backoff;

    static Behavior<Command> create(
            DeviceId id, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings surroundings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                surroundings.settings().maxStashed(),
                stash -> new Device(id, shard, surroundings, context, timers, stash).recovering())));
    }

    private Device(
            DeviceId id,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Surroundings surroundings,
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> stash) {
        this.id = id;
        this.shard = shard;
        this.surroundings = surroundings;
        this.context = context;
        this.timers = timers;
        this.stash = stash;
        state = new DeviceState(id, surroundings.settings().rules(), surroundings.peers());
        entry = surroundings.roster().enter(id);
        backoff = surroundings.settings().recoveryBackoffMin();
    }

    private Behavior<Command> recovering() {
        load();
        return Behaviors.receive(Command.class)
                .onMessage(Recovered.class, this::onRecovered)
                .onMessage(RecoveryFailed.class, this::onRecoveryFailed)
                .onMessage(RecoverAgain.class, _ -> {
                    load();
                    return Behaviors.same();
                })
                .onMessage(Question.class, this::onQuestionTooEarly)
                .onMessage(Confirm.class, _ -> Behaviors.same())
                .onMessage(Heed.class, this::onHeed)
                .onMessage(Stop.class, _ -> Behaviors.stopped())
                .onSignal(PostStop.class, _ -> onStop())
                .build();
    }

    private Behavior<Command> recovered() {
        return Behaviors.receive(Command.class)
                .onMessage(Question.class, this::onQuestion)
                .onMessage(Confirm.class, this::onConfirm)
                .onMessage(Heed.class, this::onHeed)
                .onMessage(Stop.class, _ -> Behaviors.stopped())
                .onSignal(PostStop.class, _ -> onStop())
                .build();
    }

    private Behavior<Command> onQuestion(Question question) {
        question.answer(state.apply(question.inbound()));
        entry.due(state.dueMillis());
        if (question.inbound() instanceof Silence silence && state.isPassive(silence.arrivalMillis())) {
            entry.packUp();
            surroundings.metrics().passivated();
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return Behaviors.same();
    }

    private Behavior<Command> onConfirm(Confirm confirm) {
        state.confirm(confirm.mark());
        return Behaviors.same();
    }

    private Behavior<Command> onHeed(Heed heed) {
        state.heed(heed.metric(), heed.falseAlarms());
        return Behaviors.same();
    }

    private void load() {
        context.pipeToSelf(
                surroundings.history().load(id),
                (history, failure) -> failure == null ? new Recovered(history) : new RecoveryFailed(failure));
    }

    private Behavior<Command> onRecovered(Recovered recovered) {
        state.restore(recovered.history());
        entry.due(state.dueMillis());
        surroundings.metrics().recovered(recovered.history().snapshot().isPresent());
        entry.settle(context.getSelf());
        return stash.unstashAll(recovered());
    }

    private Behavior<Command> onRecoveryFailed(RecoveryFailed failed) {
        surroundings.metrics().recoveryFailed();
        context.getLog()
                .debug(
                        "recovery of {} failed, again in {}: {}",
                        id,
                        backoff,
                        failed.cause().toString());
        timers.startSingleTimer(RecoverAgain.NOW, backoff);
        var longer = backoff.multipliedBy(2);
        var longest = surroundings.settings().recoveryBackoffMax();
        backoff = longer.compareTo(longest) > 0 ? longest : longer;
        return Behaviors.same();
    }

    private Behavior<Command> onQuestionTooEarly(Question question) {
        if (stash.isFull()) {
            // Unanswered, so never acked: the line's deadline passes and the message comes again.
            surroundings.metrics().stashFull();
        } else {
            stash.stash(question);
        }
        return Behaviors.same();
    }

    private Behavior<Command> onStop() {
        surroundings.roster().leave(id, entry);
        return Behaviors.same();
    }
}
