package io.telltale.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final AtomicInteger letIn = new AtomicInteger();

    @Test
    void a_full_window_closes_and_opens_when_half_empty() {
        var window = new Window(4);
        for (int i = 0; i < 3; i++) {
            assertThat(window.take()).isTrue();
        }
        assertThat(window.take()).isFalse();
        window.whenOpen(letIn::incrementAndGet);

        window.release(1);
        assertThat(window.isOpen()).isFalse();
        assertThat(letIn).hasValue(0);

        window.release(1);
        assertThat(window.isOpen()).isTrue();
        assertThat(letIn).hasValue(1);
        assertThat(window.inFlight()).isEqualTo(2);
    }

    @Test
    void who_asks_at_an_open_window_is_let_in_at_once() {
        new Window(4).whenOpen(letIn::incrementAndGet);

        assertThat(letIn).hasValue(1);
    }

    @Test
    void a_window_of_one_lets_one_in_at_a_time() {
        var window = new Window(1);

        assertThat(window.take()).isFalse();
        window.release(1);

        assertThat(window.isOpen()).isTrue();
    }

    @Test
    void no_order_of_takes_and_releases_leaves_an_empty_window_closed() throws InterruptedException {
        var window = new Window(3);
        int messages = 200_000;
        var done = new CountDownLatch(4);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                threads.execute(() -> {
                    for (int message = 0; message < messages; message++) {
                        window.take();
                        window.release(1);
                    }
                    done.countDown();
                });
            }
            done.await();
        }

        assertThat(window.inFlight()).isZero();
        assertThat(window.isOpen()).isTrue();
    }
}
