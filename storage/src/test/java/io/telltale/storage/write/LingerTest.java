package io.telltale.storage.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LingerTest {
    private final Linger linger = new Linger(Duration.ofMillis(100));

    @Test
    void few_rows_go_soon() {
        assertThat(restMillis(30, 1)).isEqualTo(70);
        assertThat(restMillis(100, Linger.FEW_ROWS - 1)).isZero();
    }

    @Test
    void a_fair_number_waits_for_more() {
        assertThat(restMillis(100, Linger.FEW_ROWS)).isEqualTo(150);
        assertThat(restMillis(250, Linger.MANY_ROWS - 1)).isZero();
    }

    @Test
    void many_go_as_soon_as_few() {
        assertThat(restMillis(20, Linger.MANY_ROWS)).isEqualTo(80);
        assertThat(restMillis(120, Linger.MANY_ROWS)).isNegative();
    }

    private long restMillis(long sinceStartMillis, int rows) {
        return TimeUnit.NANOSECONDS.toMillis(linger.restNanos(TimeUnit.MILLISECONDS.toNanos(sinceStartMillis), rows));
    }
}
