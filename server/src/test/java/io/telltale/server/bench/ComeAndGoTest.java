package io.telltale.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.telltale.server.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComeAndGoTest {
    @Test
    void devices_that_stay_fail_the_benchmark_which_says_how_many() {
        assertThatThrownBy(() -> ComeAndGo.fastestUntilAllAreGone(() -> 1_234, Duration.ZERO))
                .isInstanceOf(Refusal.class)
                .hasMessage("1234 devices were still active PT0S after all fell silent");
    }

    @Test
    void nobody_is_waited_for_when_all_are_gone() throws Exception {
        assertThat(ComeAndGo.fastestUntilAllAreGone(() -> 0, Duration.ZERO)).isZero();
    }
}
