package io.telltale.devices;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/// Asks each element's device and emits the answers in order, up to `window` asked at once. One timer watches over all
/// deadlines, where the usual ask has one for every message.
///
/// Devices of this node are asked straight and answer many at a wake; the others, and those without an actor yet, by
/// way of the sharding, and answer by mail. A device is asked straight only when nothing is on its way to it by the
/// sharding, so that it hears everything in order.
final class AskStage<C> extends GraphStage<FlowShape<Pair<Inbound, C>, Pair<Outcome, C>>> {
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private final Inlet<Pair<Inbound, C>> in = Inlet.create("AskStage.in");
    private final Outlet<Pair<Outcome, C>> out = Outlet.create("AskStage.out");
    private final FlowShape<Pair<Inbound, C>, Pair<Outcome, C>> shape = FlowShape.of(in, out);
    private final ActorRef<ShardingEnvelope<Device.Command>> region;
    private final Roster roster;
    private final int window;
    private final Duration deadline;
    private final BiConsumer<Inbound, Outcome> answered;

    /// @param answered told of each answer of a device, on the stream's thread
    AskStage(
            ActorRef<ShardingEnvelope<Device.Command>> region,
            Roster roster,
            int window,
            Duration deadline,
            BiConsumer<Inbound, Outcome> answered) {
        this.region = region;
        this.roster = roster;
        this.window = window;
        this.deadline = deadline;
        this.answered = answered;
    }

    @Override
    public FlowShape<Pair<Inbound, C>, Pair<Outcome, C>> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes inheritedAttributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic implements InHandler, OutHandler {
        private final Questions<Pair<Inbound, C>> questions = new Questions<>(window);
        private final Map<DeviceId, Integer> underWayBySharding = new HashMap<>();
        private final AsyncCallback<Done> woken = createAsyncCallback(_ -> onAnswers());
        private final Duration tick =
                deadline.dividedBy(4).compareTo(LONGEST_TICK) < 0 ? deadline.dividedBy(4) : LONGEST_TICK;

        private final Answers answers = new Answers(() -> woken.invoke(Done.getInstance()));

        Logic() {
            super(shape);
            setHandler(in, this);
            setHandler(out, this);
        }

        @Override
        public void preStart() {
            getStageActor(message -> {
                onMail(message._2());
                return BoxedUnit.UNIT;
            });
            scheduleAtFixedRate("deadline", tick, tick);
            pull(in);
        }

        @Override
        public void onPush() {
            Pair<Inbound, C> element = grab(in);
            long number = questions.ask(element, System.nanoTime());
            switch (element.first()) {
                case DeadLetter letter -> questions.answer(number, new Outcome.Rejected(letter));
                case Inbound.ForDevice forDevice -> ask(number, forDevice);
            }
            emit();
            pullIfRoom();
        }

        @Override
        public void onPull() {
            emit();
            pullIfRoom();
        }

        private void ask(long number, Inbound.ForDevice inbound) {
            var device = inbound.device();
            ActorRef<Device.Answer> mail = Adapter.toTyped(stageActor().ref());
            var resident = underWayBySharding.containsKey(device) ? null : roster.resident(device);
            if (resident == null) {
                underWayBySharding.merge(device, 1, Integer::sum);
                region.tell(new ShardingEnvelope<>(device.value(), new Device.Ask(number, inbound, mail)));
            } else {
                resident.tell(new Device.NearAsk(number, inbound, answers, mail));
            }
        }

        private void onMail(Object message) {
            if (message instanceof Device.Answer answer && take(answer) instanceof Inbound.ForDevice asked) {
                underWayBySharding.computeIfPresent(
                        asked.device(), (_, questions) -> questions == 1 ? null : questions - 1);
                emit();
                pullIfRoom();
            }
        }

        private void onAnswers() {
            for (var answer = answers.take(); answer != null; answer = answers.take()) {
                take(answer);
            }
            emit();
            pullIfRoom();
        }

        /// @return what was asked; null when that was answered before
        private @Nullable Inbound take(Device.Answer answer) {
            var element = questions.answer(answer.number(), answer.outcome());
            if (element == null) {
                return null;
            }
            answered.accept(element.first(), answer.outcome());
            return element.first();
        }

        @Override
        public void onTimer(Object timerKey) {
            var element = questions.overdue(System.nanoTime() - deadline.toNanos());
            if (element != null && element.first() instanceof Inbound.ForDevice asked) {
                failStage(new TimeoutException(
                        "expected an answer within %s, got none from %s".formatted(deadline, asked.device())));
            }
        }

        @Override
        public void onUpstreamFinish() {
            if (questions.isEmpty()) {
                completeStage();
            }
        }

        private void emit() {
            if (isAvailable(out)) {
                var answer = questions.next();
                if (answer != null) {
                    push(out, Pair.create(answer.outcome(), answer.element().second()));
                    if (isClosed(in) && questions.isEmpty()) {
                        completeStage();
                    }
                }
            }
        }

        private void pullIfRoom() {
            if (!questions.isFull() && !isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }
    }
}
