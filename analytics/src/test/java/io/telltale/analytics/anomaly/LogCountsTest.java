package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Against a twin of doubles, one for each bucket.
class LogCountsTest {
    private static final double HORIZON = 20_000;

    private final Random random = new Random(3);
    private final LogCounts counts = new LogCounts() {};
    private final double[] twin = new double[LogCounts.BUCKETS];

    @Test
    void counts_are_near_exact_ones_for_as_long_as_you_like() {
        for (int i = 0; i < 300_000; i++) {
            count((int) Math.clamp(30 + 6 * random.nextGaussian(), 0, LogCounts.BUCKETS - 1));
        }

        for (int bucket = 0; bucket < twin.length; bucket++) {
            assertThat(counts.countOf(bucket) / counts.weight())
                    .as("bucket %d", bucket)
                    .isCloseTo((float) twin[bucket], offset((float) (2 + 0.6 * twin[bucket])));
        }
        assertThat(counts.above(30) / counts.weight()).isCloseTo(HORIZON * 0.434, withPercentage(10));
        assertThat(counts.total() / counts.weight()).isCloseTo((float) HORIZON, withPercentage(0.5));
        assertThat(counts.quantile(0.5)).isCloseTo(30, offset(0.5));
    }

    @Test
    void room_is_made_on_either_side() {
        for (int bucket : new int[] {40, 0, 79, 1, 20}) {
            assertThat(counts.countOf(bucket)).isZero();
            count(bucket);
        }

        for (int bucket = 0; bucket < twin.length; bucket++) {
            assertThat(counts.countOf(bucket)).isCloseTo((float) twin[bucket], offset(0.01f));
        }
        assertThat(counts.top()).isEqualTo(79);
        assertThat(counts.above(20)).isCloseTo(2, offset(0.01));
        assertThat(counts.above(0)).isCloseTo(4, offset(0.01));
    }

    private void count(int bucket) {
        counts.count(bucket);
        for (int i = 0; i < twin.length; i++) {
            twin[i] *= 1 - 1 / HORIZON;
        }
        twin[bucket]++;
    }
}
