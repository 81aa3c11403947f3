package io.telltale.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private final Accounts accounts = new Accounts(2);
    private final Ledger ledger = new Ledger(accounts, new long[] {millis(1_500), Long.MAX_VALUE});

    @Test
    void only_distinct_well_formed_messages_count_for_their_device() {
        send(4);
        acked(0, MessageKind.TELEMETRY, 0, 5);
        acked(0, MessageKind.DUPLICATE, 0, 6);
        acked(1, MessageKind.MALFORMED, 0, 2_000);

        var report = report(7, 3_000);

        assertThat(accounts.of(0, "a").acked()).isEqualTo(1);
        assertThat(accounts.of(1, "b").acked()).isZero();
        assertThat(report.sent()).isEqualTo(4);
        assertThat(report.acked()).isEqualTo(3);
        assertThat(report.unacked()).isEqualTo(1);
        assertThat(report.unsent()).isEqualTo(7);
        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.malformed()).isEqualTo(1);
        assertThat(report.points()).isEqualTo(3);
        assertThat(report.endMillis()).isEqualTo(4_000);
        // Over the time to the last ack, not to the end of the wait for more.
        assertThat(report.messagesPerSecond()).isEqualTo(1.5);
    }

    @Test
    void a_message_the_server_refuses_is_neither_acked_nor_unacked() {
        send(1);
        ledger.acked(0, MessageKind.TELEMETRY, 3, false, 0, 0, millis(5));

        var report = report(0, 10);

        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.acked()).isZero();
        assertThat(report.unacked()).isZero();
    }

    @Test
    void without_acks_nothing_is_unacked() {
        ledger.sent(0, MessageKind.TELEMETRY, false);
        ledger.sent(0, MessageKind.TELEMETRY, false);

        var report = report(0, 500);

        assertThat(report.unacked()).isZero();
        assertThat(report.messagesPerSecond()).isEqualTo(4);
    }

    @Test
    void latency_counts_from_the_intended_time_and_service_from_the_actual_one() {
        for (int i = 1; i <= 100; i++) {
            send(1);
            ledger.acked(0, MessageKind.TELEMETRY, 1, true, millis(1_000), millis(1_000 + i), millis(1_001 + i));
        }

        var report = report(0, 2_000);

        assertThat(report.latencyMillis().p50()).isBetween(50.9, 51.1);
        assertThat(report.latencyMillis().p99()).isBetween(99.9, 100.1);
        assertThat(report.latencyMillis().max()).isBetween(100.9, 101.1);
        assertThat(report.serviceMillis().max()).isBetween(0.9, 1.1);
    }

    @Test
    void a_message_belongs_to_the_stage_it_was_meant_for_and_to_the_second_its_ack_came() {
        ledger.begin(0);
        send(2);
        ledger.tick(millis(1_000), 5 << 20);
        acked(0, MessageKind.TELEMETRY, 1_400, 1_600);
        ledger.tick(millis(2_000), 5 << 20);
        acked(0, MessageKind.TELEMETRY, 1_900, 2_100);
        ledger.tick(millis(3_000), 5 << 20);

        var report = report(0, 3_000);

        assertThat(report.stages())
                .extracting(stage -> stage.latencyMillis().count())
                .containsExactly(1L, 1L);
        assertThat(report.timeline()).extracting(RunReport.TimeRow::acked).containsExactly(0L, 1L, 1L);
    }

    @Test
    void what_two_loops_counted_adds_up() {
        var other = new Ledger(accounts, new long[] {millis(1_500), Long.MAX_VALUE});
        send(1);
        acked(0, MessageKind.TELEMETRY, 0, 10);
        other.sent(1, MessageKind.TELEMETRY, true);
        other.acked(1, MessageKind.TELEMETRY, 3, true, 0, 0, millis(20));

        var sum = LedgerPart.sum(List.of(ledger.part(0), other.part(2)));
        var report = RunReport.of(header(), sum, true, millis(100));

        assertThat(report.acked()).isEqualTo(2);
        assertThat(report.unsent()).isEqualTo(2);
        assertThat(report.latencyMillis().count()).isEqualTo(2);
        assertThat(report.latencyMillis().max()).isBetween(19.9, 20.1);
    }

    @Test
    void the_file_names_every_device_and_is_read_back_as_it_was(@TempDir Path directory) throws IOException {
        send(1);
        acked(1, MessageKind.TELEMETRY, 0, 8);
        var file = directory.resolve("ledger.json");
        var report = report(0, 16).withDevices(List.of(accounts.of(0, "a"), accounts.of(1, "b")));

        ReportFile.write(file, report);

        var json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("devices").path(1).path("id").asText()).isEqualTo("b");
        assertThat(json.path("devices").path(1).path("acked").asLong()).isEqualTo(1);
        assertThat(json.path("latencyMillis").path("p99").asDouble()).isEqualTo(8.003);
        var again = directory.resolve("again.json");
        ReportFile.write(again, ReportFile.read(file));
        assertThat(again).hasSameTextualContentAs(file);
    }

    private RunReport report(long unsent, long nowMillis) {
        return RunReport.of(header(), LedgerPart.sum(List.of(ledger.part(unsent))), true, millis(nowMillis));
    }

    private static RunReport.Header header() {
        return new RunReport.Header(
                "test",
                1,
                "server",
                List.of("first", "second"),
                new long[] {millis(1_500), Long.MAX_VALUE},
                1,
                1_000,
                0);
    }

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            ledger.sent(0, MessageKind.TELEMETRY, true);
        }
    }

    private void acked(int place, MessageKind kind, long intendedMillis, long nowMillis) {
        ledger.acked(place, kind, 3, true, millis(intendedMillis), millis(intendedMillis), millis(nowMillis));
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
