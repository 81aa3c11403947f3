package io.telltale.analytics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpisodeTest {
    private final Episode episode = new Episode();

    @Test
    void only_a_greater_oddity_passes_right_behind_another() {
        assertThat(episode.add(2)).isEqualTo(2);
        assertThat(episode.add(2)).isZero();
        assertThat(episode.add(2.5)).isEqualTo(2.5);
    }

    @Test
    void the_aftermath_of_a_great_one_does_not_pass_though_it_is_greater() {
        episode.add(5);

        assertThat(episode.add(6)).isZero();
        assertThat(episode.add(9)).isEqualTo(9);
    }

    @Test
    void once_the_aftermath_is_over_greater_is_enough() {
        episode.add(5);
        quiet(30);

        assertThat(episode.add(5.2)).isEqualTo(5.2);
    }

    @Test
    void a_small_one_passes_again_when_the_bar_has_sunk() {
        episode.add(5);
        quiet(Episode.POINTS);

        assertThat(episode.add(1)).isEqualTo(1);
    }

    private void quiet(int points) {
        for (int i = 0; i < points; i++) {
            episode.add(0);
        }
    }
}
