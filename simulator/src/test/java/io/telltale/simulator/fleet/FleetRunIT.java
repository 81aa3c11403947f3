package io.telltale.simulator.fleet;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.telltale.simulator.TestServer;
import io.telltale.simulator.TestServer.Answer;
import io.telltale.simulator.TestServer.Publish;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.scenario.FaultSpec;
import io.telltale.simulator.scenario.ScenarioFile;
import io.telltale.simulator.scenario.Scenarios;
import io.telltale.simulator.scenario.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FleetRunIT {
    private int devices = 20;
    private double messagesPerSecond = 400;
    private Optional<Duration> duration = Optional.of(Duration.ofSeconds(1));
    private int qos = 1;
    private int window = 64;
    private boolean hasFaults;
    private Duration drain = Duration.ofSeconds(10);

    @Test
    void what_is_acked_is_what_the_server_has() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var finished = finish(run(server.port()));

            assertThat(finished.report().sent()).isEqualTo(400);
            assertThat(finished.report().acked()).isEqualTo(400);
            assertThat(finished.report().points()).isEqualTo(1_200);
            assertThat(finished.report().unacked()).isZero();
            assertThat(finished.report().unsent()).isZero();
            assertThat(finished.devices()).extracting(Accounts.Account::acked).containsOnly(20L);
            assertThat(server.telemetry()).hasSize(400).allMatch(publish -> publish.qos() == 1);
            assertThat(new HashSet<>(server.telemetry())).hasSize(400);
        }
    }

    @Test
    void devices_say_when_they_come_and_go() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var finished = finish(run(server.port()));

            assertThat(finished.devices()).hasSize(20);
            await().untilAsserted(() -> assertThat(finished.devices())
                    .allSatisfy(
                            device -> assertThat(server.statusOf(device.id())).containsExactly("online", "offline")));
        }
    }

    @Test
    void after_a_broken_connection_the_unacked_are_sent_again() throws Exception {
        var count = new AtomicInteger();
        try (var server = new TestServer(publish -> count.incrementAndGet() % 50 == 0 ? Answer.HANG_UP : Answer.ACK)) {
            var finished = finish(run(server.port()));

            var report = finished.report();
            assertThat(report.sent()).isEqualTo(400 - report.unsent());
            assertThat(report.unacked()).isZero();
            assertThat(report.reconnects()).isPositive();
            assertThat(report.resent()).isPositive();
            assertThat(server.telemetry().stream().filter(Publish::isResent)).isNotEmpty();
            var distinct = server.telemetry().stream().map(Publish::payload).distinct();
            assertThat(distinct.count()).isEqualTo(report.sent());
        }
    }

    @Test
    void a_server_that_does_not_ack_gets_a_window_of_messages_and_no_more() throws Exception {
        devices = 2;
        window = 4;
        drain = Duration.ofMillis(100);
        try (var server = new TestServer(publish -> Answer.SILENCE)) {
            var report = finish(run(server.port())).report();

            assertThat(server.telemetry()).hasSize(8);
            assertThat(report.unacked()).isEqualTo(8);
            assertThat(report.unsent()).isEqualTo(392);
        }
    }

    @Test
    void what_waited_for_room_keeps_its_intended_time() throws Exception {
        devices = 1;
        window = 1;
        messagesPerSecond = 100;
        var isFirst = new AtomicInteger();
        try (var server = new TestServer(publish -> isFirst.getAndIncrement() == 0 ? Answer.HANG_UP : Answer.ACK)) {
            var finished = finish(run(server.port()));

            var times = server.telemetry().stream()
                    .map(publish -> publish.payload().replaceAll("\\{\"ts\":(\\d+).*", "$1"))
                    .map(Long::valueOf)
                    .distinct()
                    .toList();
            for (int i = 0; i < times.size(); i++) {
                assertThat(times.get(i)).isEqualTo(finished.report().startMillis() + i * 10L);
            }
            // The first message was back only after the back-off of at least 50 ms.
            assertThat(finished.report().latencyMillis().max()).isGreaterThan(45);
        }
    }

    @Test
    void duplicates_and_malformed_are_told_apart_from_telemetry() throws Exception {
        devices = 4;
        messagesPerSecond = 4_000;
        duration = Optional.of(Duration.ofSeconds(2));
        hasFaults = true;
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var run = run(server.port());
            var finished = finish(run);

            var report = finished.report();
            var telemetry = server.telemetry();
            var wellFormed = telemetry.stream()
                    .filter(publish -> publish.payload().endsWith("}"))
                    .toList();
            var distinct = wellFormed.stream().distinct().collect(groupingBy(Publish::topic, counting()));
            assertThat(report.malformed()).isPositive().isEqualTo(telemetry.size() - wellFormed.size());
            assertThat(report.duplicates())
                    .isPositive()
                    .isEqualTo(wellFormed.size() - new HashSet<>(wellFormed).size());
            for (var device : finished.devices()) {
                assertThat(distinct).containsEntry("telemetry/" + device.id(), device.acked());
            }
            assertThat(run.labels().inOrder()).isNotEmpty();
        }
    }

    @Test
    void qos_0_waits_for_no_ack() throws Exception {
        qos = 0;
        try (var server = new TestServer(publish -> Answer.SILENCE)) {
            var report = finish(run(server.port())).report();

            assertThat(report.sent()).isEqualTo(400);
            assertThat(report.acked()).isZero();
            assertThat(report.unacked()).isZero();
            await().untilAsserted(() -> assertThat(server.telemetry()).hasSize(400));
        }
    }

    @Test
    void a_run_without_an_end_can_be_stopped() throws Exception {
        duration = Optional.empty();
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var run = run(server.port());
            await().until(() -> server.telemetry().size() > 20);
            run.stop();

            var report = finish(run).report();
            assertThat(report.unacked()).isZero();
            assertThat(report.acked()).isEqualTo(server.telemetry().size());
        }
    }

    @Test
    void with_nobody_there_the_run_says_so() throws Exception {
        assertThat(run(freePort()).ending().get(10, TimeUnit.SECONDS)).isInstanceOf(Ending.Unreachable.class);
    }

    @Test
    void at_a_speed_of_3600_an_hour_of_the_devices_passes_in_a_second() throws Exception {
        long before = System.currentTimeMillis();
        try (var server = new TestServer(publish -> Answer.ACK)) {
            var scenario = Scenarios.parse("""
                    duration = 2h
                    speed = 3600
                    devices { meter { count = 3, every = 1m, metrics { x { value = 1 } } } }
                    """).withServer(Server.at("127.0.0.1", server.port()));
            var report = finish(FleetRun.of(new RunOptions(
                                    scenario, 1, 1, true, drain, Duration.ofMillis(500), Optional.empty()))
                            .begin())
                    .report();

            assertThat(report.acked()).isEqualTo(3 * 120);
            // From what was meant to be sent in 2 s of ours.
            assertThat(report.latencyMillis().p99()).isLessThan(1_000);
            assertThat(report.messagesPerSecond()).isBetween(120.0, 200.0);
            assertThat(report.endMillis() - report.startMillis())
                    .isBetween(
                            Duration.ofHours(2).toMillis(), Duration.ofHours(3).toMillis());
            var times = server.telemetry().stream()
                    .filter(publish -> publish.topic().endsWith("1"))
                    .map(FleetRunIT::time)
                    .toList();
            assertThat(times).hasSize(120).isSorted();
            assertThat(times.getLast() - times.getFirst())
                    .isEqualTo(Duration.ofMinutes(119).toMillis());
            assertThat(times.getLast())
                    .isBetween(before - Duration.ofMinutes(2).toMillis(), System.currentTimeMillis());
        }
    }

    private static long time(Publish publish) {
        return Long.parseLong(publish.payload().replaceAll(".*\"ts\":(\\d+).*", "$1"));
    }

    private FleetRun run(int port) {
        var mixed = ScenarioFile.load("mixed").resized(Optional.of(devices), Optional.of(messagesPerSecond));
        var lasting = duration.map(mixed::lasting).orElse(mixed);
        var scenario = lasting.withServer(Server.at("127.0.0.1", port))
                .withTypes(lasting.types().stream()
                        .map(type ->
                                type.with(type.link().with(Optional.of(qos), Optional.of(window), Optional.empty())))
                        .map(type -> hasFaults ? type.with(FaultSpec.usual()) : type)
                        .toList());
        return FleetRun.of(new RunOptions(scenario, 1, 1, true, drain, Duration.ofMillis(500), Optional.empty()))
                .begin();
    }

    private static Ending.Finished finish(FleetRun run) throws Exception {
        return (Ending.Finished) run.ending().get(30, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
