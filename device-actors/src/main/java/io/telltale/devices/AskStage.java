package io.telltale.devices;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.InHandler;
import org.apache.pekko.stream.stage.OutHandler;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import scala.runtime.BoxedUnit;

/// Asks each element's device and emits the answers in order, up to `window` asked at once. One actor of its own takes
/// all answers and one timer watches over all deadlines, where the usual ask has one of each for every message.
final class AskStage<C> extends GraphStage<FlowShape<Pair<Inbound, C>, Pair<Outcome, C>>> {
    private static final Duration LONGEST_TICK = Duration.ofSeconds(1);

    private final Inlet<Pair<Inbound, C>> in = Inlet.create("AskStage.in");
    private final Outlet<Pair<Outcome, C>> out = Outlet.create("AskStage.out");
    private final FlowShape<Pair<Inbound, C>, Pair<Outcome, C>> shape = FlowShape.of(in, out);
    private final ActorRef<ShardingEnvelope<Device.Command>> region;
    private final int window;
    private final Duration deadline;
    private final BiConsumer<Inbound, Outcome> answered;

    /// @param answered told of each answer of a device, on the stream's thread
    AskStage(
            ActorRef<ShardingEnvelope<Device.Command>> region,
            int window,
            Duration deadline,
            BiConsumer<Inbound, Outcome> answered) {
        this.region = region;
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
        private final Duration tick =
                deadline.dividedBy(4).compareTo(LONGEST_TICK) < 0 ? deadline.dividedBy(4) : LONGEST_TICK;

        Logic() {
            super(shape);
            setHandler(in, this);
            setHandler(out, this);
        }

        @Override
        public void preStart() {
            getStageActor(message -> {
                onAnswer(message._2());
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
                case Inbound.ForDevice forDevice ->
                    region.tell(new ShardingEnvelope<>(
                            forDevice.device().value(),
                            new Device.Ask(
                                    number,
                                    forDevice,
                                    Adapter.toTyped(stageActor().ref()))));
            }
            emit();
            pullIfRoom();
        }

        @Override
        public void onPull() {
            emit();
            pullIfRoom();
        }

        private void onAnswer(Object message) {
            if (message instanceof Device.Answer(long number, Outcome outcome)) {
                var element = questions.answer(number, outcome);
                if (element != null) {
                    answered.accept(element.first(), outcome);
                    emit();
                    pullIfRoom();
                }
            }
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
