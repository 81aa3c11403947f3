package io.telltale.storage.write;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.TestStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Series;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.TestStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchOrderIT {
    private static final long T0 = 1_750_000_000_000L;
    private static final int DEVICES = 7;
    private static final int TIMES = 500;

    @TempDir
    private Path data;

    @Test
    void of_two_values_for_one_time_in_one_large_batch_the_later_counts() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int revision = 0; revision < 2; revision++) {
            for (int i = 0; i < TIMES; i++) {
                for (int device = 0; device < DEVICES; device++) {
                    outcomes.add(points(
                            "device-" + device,
                            number("a", T0 + i * 1000L, revision),
                            number("b", T0 + i * 1000L, revision),
                            number("c", T0 + i * 1000L, revision)));
                }
            }
        }
        try (var test = TestStore.open(data, Map.of("telltale.storage.writer.linger", "3 s"))) {
            test.write(points("first", number("m", T0, 0))); // what comes within a linger after it is one batch

            await(Source.from(outcomes)
                    .map(outcome -> Pair.create(outcome, 0))
                    .via(test.store().<Integer>write(2 * outcomes.size()).asFlow())
                    .runWith(Sink.ignore(), test.system()));

            for (int device = 0; device < DEVICES; device++) {
                for (String metric : List.of("a", "b", "c")) {
                    assertThat(values(test, "device-" + device, metric))
                            .as("%s of device %d", metric, device)
                            .hasSize(TIMES)
                            .containsOnly(1);
                }
            }
        }
    }

    private static double[] values(TestStore test, String device, String metric) {
        var key = new SeriesKey(new DeviceId(device), metric);
        return await(test.store().series(new Series.Query(key, T0, T0 + TIMES * 1000L, 10_000)))
                .mean();
    }
}
