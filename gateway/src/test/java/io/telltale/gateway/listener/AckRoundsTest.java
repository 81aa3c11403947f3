package io.telltale.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AckRoundsTest {
    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final AckRounds rounds = new AckRounds(loop);

    @AfterEach
    void end() {
        loop.shutdownGracefully();
    }

    @Test
    void who_joins_while_a_round_is_under_way_has_its_turn_and_only_on_the_loop() {
        var told = new CopyOnWriteArrayList<String>();
        rounds.join(() -> {
            told.add("first");
            rounds.join(() -> {
                told.add("second");
                rounds.join(() -> told.add(loop.inEventLoop() ? "third" : "elsewhere"));
            });
        });

        await().untilAsserted(() -> assertThat(told).containsExactly("first", "second", "third"));
    }

    @Test
    void nobody_who_joins_from_any_thread_is_forgotten() throws InterruptedException {
        int joins = 20_000;
        var connections = List.of(new Connection(), new Connection(), new Connection());
        var threads = connections.stream()
                .map(connection -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < joins; i++) {
                        connection.acked();
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        await().untilAsserted(() -> assertThat(connections).allMatch(each -> each.written.get() == joins));
    }

    private final class Connection {
        private final AtomicInteger toWrite = new AtomicInteger();
        private final AtomicInteger written = new AtomicInteger();
        private final AtomicBoolean isFlushDue = new AtomicBoolean();

        void acked() {
            toWrite.incrementAndGet();
            if (isFlushDue.compareAndSet(false, true)) {
                rounds.join(this::flush);
            }
        }

        private void flush() {
            isFlushDue.set(false);
            written.addAndGet(toWrite.getAndSet(0));
        }
    }
}
