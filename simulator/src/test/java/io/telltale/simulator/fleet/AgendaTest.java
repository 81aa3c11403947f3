package io.telltale.simulator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AgendaTest {
    private record Turn(long nanos, int who) {}

    @Property(tries = 200)
    void it_gives_the_order_that_a_priority_queue_gives(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(max = 20) Integer> firsts,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 20) Integer> steps) {
        var agenda = new Agenda(firsts.size());
        var oracle =
                new PriorityQueue<Turn>(Comparator.comparingLong(Turn::nanos).thenComparingInt(Turn::who));
        for (int i = 0; i < firsts.size(); i++) {
            agenda.add(i, firsts.get(i));
            oracle.add(new Turn(firsts.get(i), i));
        }
        var expected = new ArrayList<Turn>();
        var actual = new ArrayList<Turn>();
        for (int step : steps) {
            var turn = oracle.remove();
            expected.add(turn);
            oracle.add(new Turn(turn.nanos() + step, turn.who()));
            actual.add(new Turn(agenda.nanos(), agenda.next()));
            agenda.reschedule(agenda.nanos() + step);
        }
        assertThat(actual).isEqualTo(expected);
    }
}
