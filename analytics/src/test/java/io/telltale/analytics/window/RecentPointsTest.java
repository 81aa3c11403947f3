package io.telltale.analytics.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentPointsTest {
    @Test
    void whatever_comes_and_goes_it_holds_what_a_sorted_map_holds() {
        var random = new Random(7);
        var recent = new RecentPoints();
        var twin = new TreeMap<Long, Double>();
        long last = 0;
        for (int i = 0; i < 20_000; i++) {
            last += random.nextInt(3);
            long millis = random.nextInt(10) == 0 ? last - random.nextInt(50) : last;
            double value = random.nextInt(2);

            assertThat(recent.put(millis, value)).isEqualTo(verdict(twin.put(millis, value), value));
            for (int drop = random.nextInt(20) == 0 ? random.nextInt(twin.size() + 1) : 0; drop > 0; drop--) {
                twin.pollFirstEntry();
                recent.drop(1);
            }
            assertThat(recent.size()).isEqualTo(twin.size());
            assertThat(recent.from(millis)).isEqualTo(twin.headMap(millis).size());
            long other = last - random.nextInt(60);
            assertThat(recent.fromOldest(other)).isEqualTo(twin.headMap(other).size());
            assertThat(recent.has(millis)).isEqualTo(twin.containsKey(millis));
        }
        int at = 0;
        for (var point : twin.entrySet()) {
            assertThat(recent.time(at)).isEqualTo(point.getKey());
            assertThat(recent.value(at++)).isEqualTo(point.getValue());
        }
    }

    private static Verdict verdict(@Nullable Double before, double value) {
        return before == null ? Verdict.FRESH : before == value ? Verdict.DUPLICATE : Verdict.CORRECTION;
    }
}
