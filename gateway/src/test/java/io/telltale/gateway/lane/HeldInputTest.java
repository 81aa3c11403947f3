package io.telltale.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HeldInputTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final HeldInput input =
            new HeldInput(new ByteArrayInputStream(new byte[] {0x20, 2, 1, 0, 0x32, 9, 8, 7}), gate, 1);

    @Test
    void the_connack_comes_at_once_and_the_rest_waits_for_the_gate() throws IOException {
        assertThat(input.readNBytes(4)).containsExactly(0x20, 2, 1, 0);
        assertThatThrownBy(input::read).isInstanceOf(SocketTimeoutException.class);

        gate.countDown();

        assertThat(input.readAllBytes()).containsExactly(0x32, 9, 8, 7);
        assertThat(input.read()).isEqualTo(-1);
    }

    @Test
    void a_large_read_ends_at_the_gate_too() throws IOException {
        var target = new byte[8];

        assertThat(input.read(target, 0, 8)).isEqualTo(4);
        assertThatThrownBy(() -> input.read(target, 0, 8)).isInstanceOf(SocketTimeoutException.class);
    }
}
