package io.telltale.server.bench.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.telltale.analytics.scoring.EventScore;
import io.telltale.analytics.scoring.NabProfile;
import io.telltale.analytics.scoring.NabScore;
import io.telltale.server.detect.Detection;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Needs the labelled recordings that docs/detection.md names.
@EnabledIfEnvironmentVariable(
        named = "TELLTALE_RECORDINGS",
        matches = ".+",
        disabledReason = "TELLTALE_RECORDINGS does not name the directory with the labelled recordings")
class RecordingsTest {
    private final Path directory = Path.of(System.getenv("TELLTALE_RECORDINGS"));

    @Test
    void detectors_that_anybody_can_write_down_score_what_they_are_known_to() throws IOException {
        var nab = Corpus.nab(directory);

        var clock = NabScore.best(nab.judgedBy(Rivals::clock), NabProfile.STANDARD);
        assertThat(clock.score()).isCloseTo(22.33, within(0.01));
        assertThat(clock.hits()).isEqualTo(57);
        assertThat(clock.falseRows()).isEqualTo(678);
        var scramble = nab.judgedBy(Rivals::scramble);
        assertThat(NabScore.best(scramble, NabProfile.STANDARD).score()).isCloseTo(18.78, within(0.01));
        assertThat(NabScore.best(scramble, NabProfile.LOW_FALSE_POSITIVES).score())
                .isCloseTo(0.18, within(0.01));
        var jump = nab.judgedBy(Rivals::jump);
        assertThat(NabScore.best(jump, NabProfile.STANDARD).score()).isCloseTo(33.59, within(0.01));
        assertThat(NabScore.best(jump, NabProfile.LOW_FALSE_NEGATIVES).score()).isCloseTo(40.14, within(0.01));
        assertThat(NabScore.at(0.5, jump, NabProfile.STANDARD).score()).isCloseTo(-193.25, within(0.01));
    }

    @Test
    void events_are_counted_as_they_are_known_to_be() throws IOException {
        var kpi = Corpus.kpi(directory);

        assertThat(EventScore.at(0.5, kpi.judgedBy(Rivals::clock))).isEqualTo(new EventScore(0.5, 20, 2409, 490));
        assertThat(EventScore.at(0.5, kpi.judgedBy(Rivals::jump))).isEqualTo(new EventScore(0.5, 44, 12, 466));
    }

    @Test
    void the_detector_does_not_become_worse_unnoticed() throws IOException {
        assertThat(NabScore.best(Corpus.nab(directory).judgedBy(Detection::scores), NabProfile.STANDARD)
                        .score())
                .isGreaterThan(71);
        assertThat(EventScore.best(Corpus.kpi(directory).judgedBy(Detection::scores))
                        .f1())
                .isGreaterThan(0.67);
    }
}
