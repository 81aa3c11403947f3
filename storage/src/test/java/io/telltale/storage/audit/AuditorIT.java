package io.telltale.storage.audit;

import static io.telltale.storage.Outcomes.number;
import static io.telltale.storage.Outcomes.points;
import static io.telltale.storage.Outcomes.rollup;
import static io.telltale.storage.Outcomes.rollups;
import static io.telltale.storage.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Emission;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Rollup;
import io.telltale.storage.Outcomes;
import io.telltale.storage.TestStore;
import io.telltale.storage.audit.Comparison.Patience;
import io.telltale.storage.audit.Difference.What;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.ReaderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditorIT {
    private static final int DEVICES = 20;
    private static final int STRETCHES = 30;
    private static final long SHORT = TestStore.SHORT_WINDOW.toMillis();
    private static final long MIDDLE = TestStore.MIDDLE_WINDOW.toMillis();
    private static final long LONG = TestStore.LONG_WINDOW.toMillis();
    private static final long T0 = 1_750_000_200_000L;
    private static final long END = T0 + STRETCHES * LONG;
    private static final Patience ALL = new Patience(Long.MAX_VALUE, Long.MAX_VALUE, false);

    private TestStore test;
    private Queries queries;

    @BeforeAll
    void open(@TempDir Path data) {
        test = TestStore.open(data, Map.of("telltale.storage.repair.every", "1 h"));
        queries = new Queries(
                new ReaderSettings(2, Duration.ofSeconds(60)), test.store().address(), test.registry());
        List<Outcome> outcomes = new ArrayList<>();
        for (int device = 0; device < DEVICES; device++) {
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                outcomes.addAll(exact("fleet-" + device, T0 + stretch * LONG, device));
            }
            outcomes.add(points("fleet-" + device, text("state", END, "on")));
        }
        test.write(outcomes);
    }

    @AfterAll
    void close() {
        queries.close();
        test.close();
    }

    /// One number, and its windows.
    private static List<Outcome> exact(String device, long millis, double value) {
        return List.of(
                points(device, number("m", millis, value)),
                rollups(
                        rollup(device, "m", SHORT, millis, 1, value),
                        rollup(device, "m", MIDDLE, millis, 1, value),
                        rollup(device, "m", LONG, millis, 1, value)));
    }

    @Test
    void however_the_range_is_sliced_every_window_is_compared_once() throws Exception {
        for (long maxRows : new long[] {1, 10, 100, 1000, 1_000_000}) {
            var result =
                    new Auditor(queries, TestStore.RECOVERY, maxRows).audit(new Scope.AllDevices(), T0, END, ALL, 10);

            assertThat(result.windows()).as("%d rows a slice", maxRows).isEqualTo(3L * DEVICES * STRETCHES);
            assertThat(result.differences()).isZero();
        }
    }

    @Test
    void only_windows_that_lie_whole_in_the_range_are_compared() throws Exception {
        var device = new Scope.OneDevice(new DeviceId("fleet-1"));

        assertThat(audit(device, T0, T0 + LONG).windows()).isEqualTo(3);
        assertThat(audit(device, T0, T0 + LONG - 1).windows()).isEqualTo(2);
        assertThat(audit(device, T0 + 1, T0 + LONG + SHORT).windows()).isEqualTo(1);
    }

    @Test
    void devices_are_audited_in_turns_that_are_small_enough() throws Exception {
        var turns = new DeviceTurns(queries, 100);
        long windows = 0;
        int rounds = 0;
        do {
            windows += audit(turns.next(T0, END), T0, END).windows();
            rounds++;
        } while (!turns.isComplete());

        assertThat(windows).isEqualTo(3L * DEVICES * STRETCHES);
        assertThat(rounds).isBetween(6, 8);
    }

    @Test
    void a_rollup_is_missing_only_when_the_device_has_gone_on() throws Exception {
        var device = new Scope.OneDevice(new DeviceId("missing"));
        long before = T0 - 100 * LONG;
        test.write(points("missing", number("m", before, 1)));
        assertThat(audit(device, before, before + LONG).differences()).isZero();

        test.write(points("missing", text("state", before + MIDDLE, "on")));

        assertThat(audit(device, before, before + LONG).listed())
                .extracting(Difference::what, Difference::widthMillis)
                .containsExactly(tuple(What.MISSING, SHORT), tuple(What.MISSING, MIDDLE));
    }

    @Test
    void what_changed_a_moment_ago_or_waits_for_its_repair_is_left_out_and_counted() throws Exception {
        var device = new Scope.OneDevice(new DeviceId("patient"));
        long before = T0 - 200 * LONG;
        long storedAfter = System.currentTimeMillis() - 1;
        test.write(exact("patient", before, 1));
        test.write(Outcomes.late(
                "patient", "m", LONG, before, T0, number("m", before + 1, 2), text("state", T0 + LONG, "on")));

        var settling = new Patience(storedAfter, Long.MAX_VALUE, false);
        var unsettled = auditor().audit(device, before, before + LONG, settling, 10);
        assertThat(List.of(unsettled.windows(), unsettled.unsettled())).containsExactly(0L, 3L);

        var waiting = auditor().audit(device, before, before + LONG, new Patience(Long.MAX_VALUE, 0, false), 10);
        assertThat(List.of(waiting.windows(), waiting.waiting())).containsExactly(0L, 3L);

        assertThat(audit(device, before, before + LONG).differences()).isEqualTo(3);
    }

    @Test
    void sums_may_differ_by_what_rounding_does_and_no_more() throws Exception {
        var device = new Scope.OneDevice(new DeviceId("sums"));
        long before = T0 - 300 * LONG;
        test.write(
                points("sums", number("m", before, 1e6), number("m", before + 1, -1e6), number("m", T0, 0)),
                rollups(sum("sums", SHORT, before, 1e-4), sum("sums", MIDDLE, before, 1e-2)));

        assertThat(audit(device, before, before + MIDDLE).listed())
                .extracting(Difference::what, Difference::widthMillis)
                .containsExactly(tuple(What.SUM, MIDDLE));
    }

    private static Rollup sum(String device, long width, long start, double sum) {
        var one = rollup(device, "m", width, start, 1, 0);
        return new Rollup(
                one.series(),
                width,
                start,
                1,
                Emission.CLOSED,
                2,
                sum,
                -1e6,
                1e6,
                0,
                0,
                start,
                1e6,
                start + 1,
                -1e6,
                one.quantiles());
    }

    private Auditor auditor() {
        return new Auditor(queries, TestStore.RECOVERY, 1_000_000);
    }

    private AuditResult audit(Scope scope, long fromMillis, long toMillis) throws Exception {
        return auditor().audit(scope, fromMillis, toMillis, ALL, 100);
    }
}
