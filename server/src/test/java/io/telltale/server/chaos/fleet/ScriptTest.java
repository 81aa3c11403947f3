package io.telltale.server.chaos.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScriptTest {
    private static final int MESSAGES = 3_000;
    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final Duration NEVER_LATE = Duration.ZERO;

    @Test
    void the_same_seed_and_number_give_the_same_words() {
        assertThat(words(new Script(7, 3, MESSAGES, SPAN, NEVER_LATE)))
                .isEqualTo(words(new Script(7, 3, MESSAGES, SPAN, NEVER_LATE)))
                .isNotEqualTo(words(new Script(7, 4, MESSAGES, SPAN, NEVER_LATE)))
                .isNotEqualTo(words(new Script(8, 3, MESSAGES, SPAN, NEVER_LATE)));
    }

    @Test
    void a_script_has_exactly_as_many_messages_as_asked_for() {
        for (int messages : List.of(0, 1, 2, 3, MESSAGES)) {
            assertThat(new Script(7, 3, messages, SPAN, NEVER_LATE).size()).isEqualTo(messages);
        }
    }

    @Test
    void every_tick_is_said() {
        var script = new Script(7, 3, MESSAGES, SPAN, NEVER_LATE);

        var said = new HashSet<Integer>();
        IntStream.range(0, script.size()).forEach(message -> said.add(script.tick(message)));

        assertThat(said).hasSize(script.ticks());
    }

    @Test
    void some_are_said_twice_some_corrected_and_some_out_of_order_but_none_too_late() {
        var script = new Script(7, 3, MESSAGES, SPAN, NEVER_LATE);
        long newest = 0;
        long furthestBehind = 0;
        int corrections = 0;
        for (int message = 0; message < script.size(); message++) {
            long millis = script.timeMillis(script.tick(message));
            furthestBehind = Math.max(furthestBehind, newest - millis);
            newest = Math.max(newest, millis);
            corrections += script.isCorrection(message) ? 1 : 0;
        }

        assertThat(furthestBehind).isBetween(1L, Script.MAX_DISORDER.toMillis());
        assertThat(corrections).isPositive();
        assertThat(script.ticks() + corrections).isLessThan(MESSAGES);
    }

    @Test
    void what_is_meant_to_be_late_is_late_by_as_much_as_asked_for() {
        var late = Duration.ofMinutes(4);
        var script = new Script(7, 3, MESSAGES, SPAN, late);
        long newest = 0;
        int lateMessages = 0;
        for (int message = 0; message < script.size(); message++) {
            long millis = script.timeMillis(script.tick(message));
            lateMessages += newest - millis > late.toMillis() - Script.MAX_DISORDER.toMillis() ? 1 : 0;
            newest = Math.max(newest, millis);
        }

        assertThat(lateMessages).isPositive();
    }

    private static List<String> words(Script script) {
        var words = new ArrayList<String>();
        for (int message = 0; message < script.size(); message++) {
            words.add(new String(script.payload(message), UTF_8));
        }
        return words;
    }
}
