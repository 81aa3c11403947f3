package io.telltale.storage.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenKeysTest {
    private static final long NOON = 1_750_000_000_000L;

    private final SeenKeys keys = new SeenKeys();

    @Test
    void a_key_that_came_before_is_always_known() {
        for (int i = 0; i < 1000; i++) {
            keys.add(i % 7, i % 3, NOON + i);
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(keys.add(i % 7, i % 3, NOON + i)).isTrue();
        }
    }

    @Test
    void a_new_key_is_seldom_taken_for_known() {
        int mistaken = 0;
        for (int device = 0; device < 1000; device++) {
            for (int second = 0; second < 100; second++) {
                mistaken += keys.add(Integer.hashCode(device), "temperature".hashCode(), NOON + second * 1000L) ? 1 : 0;
            }
        }

        assertThat(mistaken).isBetween(500, 2500);
    }

    @Test
    void what_is_cleared_is_new_again() {
        keys.add(1, 2, NOON);

        keys.clear();

        assertThat(keys.add(1, 2, NOON)).isFalse();
    }
}
