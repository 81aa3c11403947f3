package io.telltale.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioFileTest {
    @TempDir
    Path directory;

    static Stream<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("scenarios"))) {
            return files.filter(file -> file.toString().endsWith(".conf")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_says_what_can_be(Path example) {
        var scenario = ScenarioFile.load(example.toString());

        assertThat(scenario.devices()).isPositive();
        assertThat(scenario.name()).isNotEqualTo("unnamed");
    }

    @Test
    void a_scenario_that_comes_along_is_found_by_its_name() {
        assertThat(ScenarioFile.load("mixed").types())
                .extracting(DeviceType::name)
                .containsExactly("meter", "thermometer", "pump");
    }

    @Test
    void the_healthy_fleet_is_the_labelled_one_without_faults() {
        var labelled = ScenarioFile.load("labelled-faults");
        var healthy = ScenarioFile.load("healthy-fleet");

        assertThat(labelled.types()).allMatch(type -> type.faults().isPresent());
        assertThat(healthy.hasFaults()).isFalse();
        assertThat(healthy.devices()).isEqualTo(100);
        assertThat(healthy.types())
                .extracting(DeviceType::metrics)
                .containsExactlyInAnyOrderElementsOf(
                        labelled.types().stream().map(DeviceType::metrics).toList());
    }

    @Test
    void a_misspelt_key_is_told_with_file_line_and_what_was_meant() {
        refused("""
                name = "x"
                devices {
                  pump {
                    cuont = 3
                    metrics { load { value = 1 } }
                  }
                }
                """, "x.conf:4: devices.pump.cuont: unknown key, did you mean 'count'?");
    }

    @Test
    void a_negative_rate_is_told_with_file_line_and_what_was_expected() {
        refused("""
                devices { pump {
                  rate = -5
                  metrics { load { value = 1 } }
                } }
                """, "x.conf:2: devices.pump.rate: expected a number from 1.1574074074074073E-5 to 1000, got -5");
    }

    @Test
    void an_unknown_signal_is_told_with_those_there_are() {
        refused(
                """
                devices { pump { metrics {
                  load { signals = [
                    { kind = dayly, amplitude = 2 }
                  ] }
                } } }
                """,
                "x.conf:3: devices.pump.metrics.load.signals[0].kind: expected one of ",
                "(did you mean 'daily'?), got \"dayly\"");
    }

    @Test
    void a_time_without_sense_is_told() {
        refused(
                "devices { pump { every = soon, metrics { x { value = 1 } } } }",
                "x.conf:1: devices.pump.every: expected a time such as 500ms, 30s, 5m or 1h, got \"soon\"");
    }

    @Test
    void metrics_that_follow_each_other_in_a_circle_are_refused() {
        refused("""
                devices { pump { metrics {
                  a { signals = [ { kind = follow, metric = b } ] }
                  b { signals = [ { kind = follow, metric = a } ] }
                } } }
                """, "circle: a -> b");
    }

    @Test
    void a_metric_that_follows_nobody_is_refused() {
        refused(
                "devices { pump { metrics { a { value = 1, times = lod }, load { value = 1 } } } }",
                "metric a follows 'lod', expected one of a, load (did you mean 'load'?)");
    }

    @Test
    void more_than_a_message_each_millisecond_is_refused() {
        refused(
                """
                stages = [ { name = peak, for = 1s, load = [3, 3] } ]
                devices { pump { rate = 500, metrics { x { value = 1 } } } }
                """,
                "x.conf:1: stages: expected at most 1000 messages a second of a device, and the highest load makes 1500 of a pump");
    }

    @Test
    void clocks_that_run_fast_need_an_end_and_times_in_the_messages() {
        refused(
                "speed = 60\ndevices { pump { metrics { x { value = 1 } } } }",
                "x.conf:1: speed: expected a duration or a start with it");
        refused(
                "speed = 60, duration = 1h\ndevices { pump { time = none, metrics { x { value = 1 } } } }",
                "x.conf:1: speed: expected 1 where messages say no time, got 60");
    }

    @Test
    void a_broken_file_is_told_with_its_line() {
        refused("devices {\n pump {{ \n", "x.conf: 2");
    }

    @Test
    void a_scenario_that_does_not_exist_is_told() {
        assertThatThrownBy(() -> ScenarioFile.load("nonsense")).hasMessageContaining("no scenario 'nonsense'");
    }

    @Test
    void devices_are_dealt_by_their_shares_whatever_their_number() {
        var mixed = ScenarioFile.load("mixed").resized(Optional.of(7), Optional.of(14.0));

        assertThat(mixed.dealt(7))
                .extracting(DeviceType::name)
                .containsExactly("meter", "thermometer", "pump", "meter", "thermometer", "pump", "meter");
        assertThat(mixed.messagesPerSecond()).isEqualTo(14);
    }

    @Test
    void stages_and_events_are_squeezed_into_another_duration() {
        var scenario = Scenarios.parse("""
                stages = [ { name = a, for = 1m }, { name = b, for = 1m } ]
                devices { d { metrics { x { value = 1 } } } }
                events = [ { kind = reconnect-storm, at = 30s } ]
                """).lasting(Duration.ofSeconds(4));

        assertThat(scenario.stages()).extracting(Stage::lasts).containsOnly(Duration.ofSeconds(2));
        assertThat(scenario.events().getFirst().at()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_warm_up_is_a_stage_of_its_own() {
        var scenario =
                ScenarioFile.load("mixed").lasting(Duration.ofSeconds(60)).warmingUp(Duration.ofSeconds(15));

        assertThat(scenario.stages())
                .extracting(Stage::name, Stage::lasts)
                .containsExactly(tuple("warm-up", Duration.ofSeconds(15)), tuple("warm", Duration.ofSeconds(45)));
        assertThat(scenario.duration()).contains(Duration.ofSeconds(60));
    }

    @Test
    void a_warm_up_is_shorter_than_the_run() {
        var scenario = ScenarioFile.load("mixed");

        assertThatThrownBy(() -> scenario.lasting(Duration.ofSeconds(15)).warmingUp(Duration.ofSeconds(15)))
                .hasMessage("--warm-up: expected a part of --duration, got PT15S of PT15S");
        assertThatThrownBy(() -> scenario.warmingUp(Duration.ofSeconds(15)))
                .hasMessage("--warm-up: expected a part of --duration, got PT15S of a run without an end");
    }

    private void refused(String text, String... said) {
        var file = directory.resolve("x.conf");
        assertThatThrownBy(() -> ScenarioFile.load(Files.writeString(file, text).toString()))
                .isInstanceOf(ScenarioException.class)
                .message()
                .contains(said);
    }
}
