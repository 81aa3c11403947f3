package io.telltale.storage.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalescerTest {
    private final Queue<Collection<Integer>> loads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch all = new CountDownLatch(1);

    @Test
    void each_asker_gets_its_answer_and_quick_loads_grow() {
        try (var coalescer =
                new Coalescer<Integer, String>("test", Comparator.naturalOrder(), _ -> 1, 100_000, this::names)) {
            var answers = IntStream.range(0, 20_000).mapToObj(coalescer::get).toList();
            all.countDown();

            for (int i = 0; i < answers.size(); i++) {
                assertThat(answer(answers.get(i))).contains("n" + i);
            }
        }
        assertThat(loads).anySatisfy(keys -> assertThat(keys).hasSizeGreaterThan(1000));
    }

    @Test
    void neighbours_are_loaded_together_whatever_order_they_were_asked_for_in() throws InterruptedException {
        var busy = new Semaphore(0);
        try (var coalescer = new Coalescer<Integer, String>("test", Comparator.naturalOrder(), _ -> 1, 100, keys -> {
            busy.release();
            return names(keys);
        })) {
            for (int sentinel : List.of(-2, -1)) { // one for each worker, so that all the others wait together
                coalescer.get(sentinel);
                assertThat(busy.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            }
            var shuffled = new ArrayList<>(IntStream.range(0, 2000).boxed().toList());
            Collections.shuffle(shuffled, new Random(1));
            var answers = shuffled.stream().map(coalescer::get).toList();
            all.countDown();
            answers.forEach(CoalescerTest::answer);
        }
        assertThat(loads)
                .hasSize(2 + 20)
                .as("loads without a hole")
                .allSatisfy(keys -> assertThat(Collections.max(keys) - Collections.min(keys))
                        .isEqualTo(keys.size() - 1));
    }

    @Test
    void no_load_weighs_more_than_it_may() {
        try (var coalescer =
                new Coalescer<Integer, String>("test", Comparator.naturalOrder(), _ -> 10, 100, this::names)) {
            var answers = IntStream.range(0, 100).mapToObj(coalescer::get).toList();
            all.countDown();
            answers.forEach(CoalescerTest::answer);
        }
        assertThat(loads).allSatisfy(keys -> assertThat(keys).hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void who_asks_for_the_same_shares_the_answer_and_what_is_unknown_is_empty() {
        try (var coalescer = new Coalescer<Integer, String>("test", Comparator.naturalOrder(), _ -> 1, 100, _ -> {
            all.await();
            return Map.of(1, "one");
        })) {
            var answers = List.of(coalescer.get(1), coalescer.get(1), coalescer.get(2));
            all.countDown();

            assertThat(answers.stream().map(CoalescerTest::answer))
                    .containsExactly(Optional.of("one"), Optional.of("one"), Optional.empty());
        }
    }

    @Test
    void a_load_that_fails_fails_its_askers_and_no_others() {
        try (var coalescer = new Coalescer<Integer, String>("test", Comparator.naturalOrder(), _ -> 1, 1, keys -> {
            if (keys.contains(1)) {
                throw new IllegalStateException("away");
            }
            return Map.of(2, "two");
        })) {
            var failed = coalescer.get(1);

            assertThatThrownBy(() -> answer(failed)).hasRootCauseMessage("away");
            assertThat(answer(coalescer.get(2))).contains("two");
        }
    }

    private Map<Integer, String> names(Collection<Integer> keys) throws InterruptedException {
        all.await();
        loads.add(List.copyOf(keys));
        return keys.stream().collect(Collectors.toMap(Function.identity(), key -> "n" + key));
    }

    private static <V> V answer(CompletableFuture<V> answer) {
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
