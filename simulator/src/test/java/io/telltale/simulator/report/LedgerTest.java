package io.telltale.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private final Ledger ledger = new Ledger(2);

    @Test
    void only_distinct_well_formed_messages_count_for_their_device() {
        for (int i = 0; i < 4; i++) {
            ledger.sent(true);
        }
        ledger.acked(0, MessageKind.TELEMETRY, 3, 0, millis(5));
        ledger.acked(0, MessageKind.DUPLICATE, 3, 0, millis(6));
        ledger.acked(1, MessageKind.MALFORMED, 3, 0, millis(2_000));

        var report = ledger.report(1_000, 0, millis(3_000), 7);

        assertThat(ledger.telemetryAcked()).containsExactly(1, 0);
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
    void without_acks_nothing_is_unacked() {
        ledger.sent(false);
        ledger.sent(false);

        var report = ledger.report(0, 0, millis(500), 0);

        assertThat(report.unacked()).isZero();
        assertThat(report.messagesPerSecond()).isEqualTo(4);
    }

    @Test
    void latency_counts_from_the_intended_time() {
        for (int i = 1; i <= 100; i++) {
            ledger.sent(true);
            ledger.acked(0, MessageKind.TELEMETRY, 1, millis(1_000), millis(1_000 + i));
        }

        var latency = ledger.report(0, 0, millis(2_000), 0).latencyMillis();

        assertThat(latency.p50()).isBetween(49.9, 50.1);
        assertThat(latency.p99()).isBetween(98.9, 99.1);
        assertThat(latency.max()).isBetween(99.9, 100.1);
    }

    @Test
    void the_file_names_every_device(@TempDir Path directory) throws IOException {
        ledger.sent(true);
        ledger.acked(1, MessageKind.TELEMETRY, 3, 0, millis(8));
        var file = directory.resolve("ledger.json");

        LedgerFile.write(file, ledger.report(10, 0, millis(16), 0), List.of("a", "b"), ledger.telemetryAcked());

        assertThat(Files.readString(file)).isEqualTo("""
                {"startMillis":10,"endMillis":26,"sent":1,"resent":0,"acked":1,"unacked":0,"unsent":0,\
                "duplicates":0,"malformed":0,"connectFailures":0,"reconnects":0,"points":3,\
                "latencyMillis":{"p50":8.003,"p90":8.003,"p99":8.003,"p999":8.003,"max":8.003},\
                "messagesPerSecond":125.000,"devices":[
                {"id":"a","acked":0},
                {"id":"b","acked":1}]}
                """);
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
