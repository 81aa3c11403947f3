package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.analytics.model.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskStageTest {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<ShardingEnvelope<Device.Command>> devices = kit.createTestProbe();
    private final Roster roster = new Roster(PATIENT);

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void outcomes_leave_in_the_order_of_asking_whatever_order_the_answers_came_in() {
        var outcomes = run(List.of(report(0), report(1), letter(), report(2)), 4, PATIENT);
        var asked = asked(3);

        answer(asked.get(2));
        answer(asked.get(0));
        answer(asked.get(1));

        assertThat(await(outcomes))
                .extracting(Pair::second)
                .as("what rides beside")
                .containsExactly(0, 1, 2, 3);
        assertThat(await(outcomes).get(2).first()).isInstanceOf(Outcome.Rejected.class);
        assertThat(await(outcomes).get(3).first())
                .isEqualTo(outcome((Report) asked.get(2).inbound()));
    }

    @Test
    void no_more_are_asked_at_once_than_the_window_has_room_for() {
        var outcomes = run(IntStream.range(0, 5).mapToObj(AskStageTest::report).toList(), 2, PATIENT);
        for (int i = 0; i < 2; i++) {
            var two = asked(2);
            devices.expectNoMessage(Duration.ofMillis(50));
            two.forEach(this::answer);
        }
        asked(1).forEach(this::answer);

        assertThat(await(outcomes)).hasSize(5);
    }

    @Test
    void a_device_that_does_not_answer_in_time_fails_the_line_by_name() {
        var outcomes = run(List.of(report(0), report(1)), 2, Duration.ofMillis(200));
        answer(asked(2).getFirst());

        assertThatThrownBy(() -> await(outcomes))
                .hasRootCauseInstanceOf(TimeoutException.class)
                .hasMessageContaining("meter-1");
    }

    @Test
    void a_device_of_this_node_is_asked_straight_and_answers_straight() {
        TestProbe<Device.Command> resident = kit.createTestProbe();
        roster.enter(new DeviceId("meter-0")).settle(resident.ref());

        var outcomes = run(List.of(report(0), report(1)), 2, PATIENT);
        asked(1).forEach(this::answer);
        var asked = resident.expectMessageClass(Device.NearAsk.class);
        asked.answer(outcome((Report) asked.inbound()));

        assertThat(await(outcomes)).extracting(Pair::second).containsExactly(0, 1);
    }

    @Test
    void a_device_that_settles_while_it_is_asked_by_the_sharding_hears_the_next_question_after_that() {
        TestProbe<Device.Command> resident = kit.createTestProbe();
        var outcomes = run(List.of(report(1), report(0), report(0), report(0)), 2, PATIENT);
        var first = asked(2);
        roster.enter(new DeviceId("meter-0")).settle(resident.ref());

        answer(first.getFirst()); // makes room while the other is under way
        var next = asked(1).getFirst();
        answer(next);
        answer(first.getLast());
        var last = resident.expectMessageClass(Device.NearAsk.class);
        last.answer(outcome((Report) last.inbound()));

        assertThat(await(outcomes)).hasSize(4);
    }

    private CompletionStage<List<Pair<Outcome, Integer>>> run(List<Inbound> elements, int window, Duration deadline) {
        var numbered = new ArrayList<Pair<Inbound, Integer>>();
        elements.forEach(element -> numbered.add(Pair.create(element, numbered.size())));
        return Source.from(numbered)
                .via(new AskStage<Integer>(devices.ref(), roster, window, deadline, (_, _) -> {}))
                .runWith(Sink.seq(), kit.system());
    }

    private List<Device.Ask> asked(int count) {
        return devices.receiveSeveralMessages(count).stream()
                .map(envelope -> (Device.Ask) envelope.message())
                .toList();
    }

    private void answer(Device.Ask ask) {
        ask.replyTo().tell(new Device.Answer(ask.number(), outcome((Report) ask.inbound())));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static Inbound report(int number) {
        return new Report(new DeviceId("meter-" + number), number, List.of());
    }

    /// Of a device that has nothing to say.
    static Outcome outcome(Report report) {
        return new Outcome.Processed(
                report.device(),
                report.arrivalMillis(),
                Presence.ONLINE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Outcome.Counts.NONE,
                0);
    }

    private static Inbound letter() {
        return new DeadLetter(
                new UUID(1, 2),
                0,
                "lane",
                "nowhere",
                new byte[0],
                DeadLetter.Reason.MALFORMED,
                "why",
                OptionalInt.empty(),
                OptionalLong.empty());
    }
}
