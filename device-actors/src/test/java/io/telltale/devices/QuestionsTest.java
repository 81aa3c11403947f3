package io.telltale.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private final Questions<String> questions = new Questions<>(2);

    @Test
    void answers_come_out_in_the_order_of_asking_whatever_order_they_came_in() {
        long first = questions.ask("first", 0);
        long second = questions.ask("second", 0);

        assertThat(questions.answer(second, outcome(2))).isEqualTo("second");
        assertThat(questions.next()).as("the first is not answered").isNull();
        assertThat(questions.answer(first, outcome(1))).isEqualTo("first");

        assertThat(questions.next()).isEqualTo(new Questions.Answered<>("first", outcome(1)));
        assertThat(questions.next()).isEqualTo(new Questions.Answered<>("second", outcome(2)));
        assertThat(questions.next()).isNull();
        assertThat(questions.isEmpty()).isTrue();
    }

    @Test
    void an_answer_that_nobody_waits_for_changes_nothing() {
        long first = questions.ask("first", 0);
        questions.answer(first, outcome(1));

        assertThat(questions.answer(first, outcome(2))).as("a second one").isNull();
        assertThat(questions.next()).isEqualTo(new Questions.Answered<>("first", outcome(1)));
        assertThat(questions.answer(first, outcome(1))).as("one that is out").isNull();
        assertThat(questions.answer(first + 1, outcome(1)))
                .as("one never asked")
                .isNull();
    }

    @Test
    void no_more_are_under_way_than_there_is_room_for() {
        for (int round = 0; round < 3; round++) {
            questions.answer(questions.ask("a", 0), outcome(1));
            questions.answer(questions.ask("b", 0), outcome(1));
            assertThat(questions.isFull()).isTrue();
            assertThatThrownBy(() -> questions.ask("c", 0)).isInstanceOf(IllegalStateException.class);
            questions.next();
            assertThat(questions.isFull()).isFalse();
            questions.next();
        }
    }

    @Test
    void the_oldest_without_an_answer_is_overdue_first() {
        long wrapped = Long.MAX_VALUE - 5; // nanoTime may be anywhere
        long first = questions.ask("first", wrapped);
        questions.ask("second", wrapped + 10);

        assertThat(questions.overdue(wrapped)).isNull();
        assertThat(questions.overdue(wrapped + 1)).isEqualTo("first");
        questions.answer(first, outcome(1));
        assertThat(questions.overdue(wrapped + 10)).isNull();
        assertThat(questions.overdue(wrapped + 11)).isEqualTo("second");
    }

    private static Outcome outcome(long arrivalMillis) {
        return AskStageTest.outcome(new Report(new DeviceId("meter-1"), arrivalMillis, List.of()));
    }
}
