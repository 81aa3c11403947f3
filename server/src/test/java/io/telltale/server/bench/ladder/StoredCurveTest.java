package io.telltale.server.bench.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredCurveTest {
    private static final long START_MILLIS = 1_000_000;

    private final StoredCurve curve = new StoredCurve();

    @Test
    void a_message_is_as_old_as_the_first_look_that_counts_it_makes_it() {
        // A message every 100 ms: those of 0, 100 and 200 are seen at 250, that of 300 at 1,300.
        curve.look(START_MILLIS - 50, 0);
        curve.look(START_MILLIS + 250, 3);
        curve.look(START_MILLIS + 1_300, 4);

        assertThat(ages(0, 4)).containsEntry("p50", 150.0).containsEntry("max", 1_000.0);
    }

    @Test
    void only_the_asked_for_messages_count() {
        curve.look(START_MILLIS + 1_000, 2);
        curve.look(START_MILLIS + 1_010, 4);

        assertThat(ages(3, 4)).containsEntry("max", 710.0);
        assertThat(ages(3, 3)).containsEntry("max", 0.0);
    }

    @Test
    void when_so_many_were_stored_is_known_or_they_never_were() {
        curve.look(10, 2);
        curve.look(20, 4);

        assertThat(curve.whenStoredMillis(3)).hasValue(20);
        assertThat(curve.whenStoredMillis(5)).isEmpty();
    }

    private Map<String, Double> ages(long from, long to) {
        return curve.ages(START_MILLIS, 10, from, to);
    }
}
