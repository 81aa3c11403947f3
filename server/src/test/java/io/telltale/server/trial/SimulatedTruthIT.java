package io.telltale.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.server.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the simulator knows, held by the simulator against what a real server has.
class SimulatedTruthIT {
    @TempDir
    Path directory;

    @Test
    void every_device_s_messages_are_found_at_the_server_and_broken_ones_among_its_dead_letters() throws Exception {
        var report = sent("--devices=9", "--rate=450", "--duration=4s", "--seed=3", "--faults", "--fault-every=40");

        assertThat(report.path("malformed").asLong()).isPositive();
        assertThat(report.path("stored").path("deadLetters").asLong())
                .isEqualTo(report.path("malformed").asLong());
        assertThat(report.path("stored").path("lost").asLong(-1)).isZero();
        assertThat(report.path("devices")).hasSize(9).allSatisfy(device -> {
            assertThat(device.path("acked").asLong()).isPositive();
            assertThat(device.path("stored").asLong())
                    .isGreaterThanOrEqualTo(device.path("acked").asLong());
            assertThat(device.path("lost").asLong(-1)).isZero();
        });
    }

    @Test
    void three_days_of_devices_are_judged_in_seconds_by_what_was_done_to_them() throws Exception {
        var report = sent(
                "--scenario=labelled-faults",
                "--devices=4",
                "--duration=3d",
                "--fault-every=200",
                "--speed=5760",
                "--slack=20m");

        assertThat(report.path("stored").path("lost").asLong(-1)).isZero();
        var detection = report.path("detection");
        assertThat(detection.path("deviceDays").asDouble()).isBetween(12.0, 16.0);
        assertThat(detection.path("faults").asLong()).isGreaterThan(4);
        assertThat(detection.path("found").asLong()).isPositive();
        // Event times are past, in order and a minute apart: nothing is late or from the future.
        assertThat(report.path("stored").path("messages").asLong())
                .isEqualTo(report.path("acked").asLong());
    }

    /// @return what the simulator reports once a server of its own has stored all
    private JsonNode sent(String... options) throws Exception {
        var ledger = directory.resolve("ledger.json");
        try (var server = TestServers.start(directory.resolve("data"))) {
            var all = new ArrayList<>(List.of(options));
            all.add("--api=http://127.0.0.1:" + server.httpPort());
            all.add("--quiet");
            try (var fleet = SimulatedFleet.start(TestServers.HOME, server.mqttPort(), ledger, all)) {
                fleet.await();
            }
        }
        return new ObjectMapper().readTree(ledger.toFile());
    }
}
