package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.MessageKind;
import io.telltale.simulator.scenario.FaultSpec;
import io.telltale.simulator.scenario.Scenario;
import io.telltale.simulator.scenario.ScenarioFile;
import io.telltale.simulator.scenario.Scenarios;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final long START_MILLIS = 1_732_170_000_000L;

    private final List<Label> labels = new ArrayList<>();

    @Test
    void a_device_is_the_same_whichever_number_its_fleet_begins_with() {
        var all = fleet(mixed(9), 1);
        var last = fleet(mixed(1), 9);

        assertThat(last.getFirst().identity().id())
                .isEqualTo(all.getLast().identity().id());
        assertThat(messages(last.getFirst(), 5)).isEqualTo(messages(all.getLast(), 5));
    }

    @Test
    void the_same_seed_says_the_same_bytes() {
        assertThat(said(mixed(6))).isEqualTo(said(mixed(6)));
        assertThat(said(faulty(mixed(6)))).isEqualTo(said(faulty(mixed(6))));
    }

    @Test
    void another_seed_says_something_else() {
        assertThat(said(mixed(6))).isNotEqualTo(said(mixed(6).withSeed(8)));
    }

    @Test
    void a_device_says_the_same_in_a_larger_fleet() {
        assertThat(messages(fleet(mixed(20), 1).get(1), 10))
                .isEqualTo(messages(fleet(mixed(2), 1).get(1), 10));
    }

    @Test
    void a_mixed_fleet_has_meters_thermometers_and_pumps() {
        var fleet = fleet(mixed(4), 1);

        assertThat(fleet)
                .extracting(device -> device.identity().id())
                .containsExactly("meter-000001", "thermometer-000002", "pump-000003", "meter-000004");
        assertThat(messages(fleet.get(0), 1).getFirst())
                .matches(
                        "\\{\"ts\":1732170000000,\"voltage\":2\\d\\d\\.\\d\\d,\"current\":\\d+\\.\\d{3},\"power\":\\d+\\.\\d}");
        assertThat(messages(fleet.get(1), 1).getFirst())
                .matches(
                        "\\{\"ts\":1732170000000,\"temperature\":\\d\\d\\.\\d\\d,\"humidity\":\\d+\\.\\d,\"battery\":\\d+\\.\\d}");
        assertThat(messages(fleet.get(2), 1).getFirst())
                .matches(
                        "\\{\"ts\":1732170000000,\"load\":\\d+\\.\\d,\"vibration\":\\d\\.\\d{3},\"running\":(true|false)}");
    }

    @Test
    void a_smart_meter_has_a_counter_a_flag_and_a_level() {
        var meter = fleet(ScenarioFile.load("smart-meter"), 1).getFirst();

        assertThat(meter.identity().id()).isEqualTo("meter-000001");
        assertThat(messages(meter, 1).getFirst())
                .matches(
                        "\\{\"ts\":1732170000000,\"pulseCounter\":\\d{7},\"leakage\":(true|false),\"batteryLevel\":\\d{1,3}}");
        assertThat(meter.points()).isEqualTo(3);
    }

    @Test
    void a_malformed_payload_breaks_off_after_its_time() {
        var device = fleet(Scenarios.parse(type("faults { kinds = [], corrupt = 1 }")), 1)
                .getFirst();

        assertThat(messages(device, 1)).containsExactly("{\"ts\":1732170000000,\"tempera");
        assertThat(device.kind()).isEqualTo(MessageKind.MALFORMED);
        assertThat(labels).containsExactly(new Label("d-000001", "*", FaultKind.CORRUPT, START_MILLIS, START_MILLIS));
    }

    @Test
    void a_duplicate_repeats_the_message_before_it() {
        var device = fleet(Scenarios.parse(type("faults { kinds = [], duplicates = 1 }")), 1)
                .getFirst();

        assertThat(messages(device, 3)).containsOnly("{\"ts\":1732170000000,\"x\":1.00}");
        assertThat(device.kind()).isEqualTo(MessageKind.DUPLICATE);
    }

    @Test
    void a_wrong_type_is_a_text_where_a_number_belongs() {
        var device = fleet(Scenarios.parse(type("faults { kinds = [], wrong-type = 1 }")), 1)
                .getFirst();

        assertThat(messages(device, 1)).containsExactly("{\"ts\":1732170000000,\"x\":\"n/a\"}");
        assertThat(labels).extracting(Label::metric).containsExactly("x");
    }

    @Test
    void formats_and_times_are_as_the_scenario_says() {
        assertThat(first(type("payload = nested"))).isEqualTo("{\"ts\":1732170000000,\"values\":{\"x\":1.00}}");
        assertThat(first(type("payload = array, time = iso")))
                .isEqualTo("[{\"ts\":\""
                        + Instant.ofEpochMilli(START_MILLIS).toString().replace("Z", ".000Z") + "\",\"x\":1.00}]");
        assertThat(first(type("payload = csv"))).isEqualTo("1732170000000,1.00");
        assertThat(first(type("time = none"))).isEqualTo("{\"x\":1.00}");
    }

    @Test
    void a_rollout_renames_scales_and_drops_from_its_time_on() {
        var device = fleet(Scenarios.parse("""
                        devices { d { metrics { celsius { value = 20, decimals = 0 }, old { value = 1 } } } }
                        events = [ { kind = rollout, at = 2s, type = d, payload = nested,
                          rename { celsius = decidegrees }, scale { celsius = 10 }, drop = [old] } ]
                        """), 1).getFirst();

        assertThat(messages(device, 3))
                .containsExactly(
                        "{\"ts\":1732170000000,\"celsius\":20,\"old\":1.00}",
                        "{\"ts\":1732170001000,\"celsius\":20,\"old\":1.00}",
                        "{\"ts\":1732170002000,\"values\":{\"decidegrees\":200}}");
        assertThat(device.points()).isEqualTo(1);
        assertThat(labels).extracting(Label::kind).containsExactly(FaultKind.ROLLOUT);
    }

    @Test
    void a_site_without_power_says_nothing_and_is_labelled() {
        var scenario = Scenarios.parse("""
                devices { d { count = 2, sites = 2, metrics { x { value = 1 } } } }
                events = [ { kind = site-outage, at = 1s, for = 2s, site = 1 } ]
                """);
        var fleet = fleet(scenario, 1);

        assertThat(messages(fleet.get(1), 4).stream().map(String::isEmpty)).containsExactly(false, true, true, false);
        assertThat(messages(fleet.get(0), 4)).noneMatch(String::isEmpty);
        assertThat(labels)
                .containsExactly(
                        new Label("d-000002", "*", FaultKind.SITE_OUTAGE, START_MILLIS + 1_000, START_MILLIS + 2_000));
    }

    @Test
    void faults_change_exactly_what_their_labels_say() {
        var healthy = fleet(mixed(1), 1).getFirst();
        var faulty = fleet(faulty(mixed(1)), 1).getFirst();

        var expected = messages(healthy, 2_000);
        var actual = messages(faulty, 2_000);
        faulty.finish();

        assertThat(labels).hasSizeGreaterThan(5);
        for (int slot = 0; slot < expected.size(); slot++) {
            long millis = START_MILLIS + slot * 1_000L;
            boolean isLabelled =
                    labels.stream().anyMatch(label -> label.startMillis() <= millis && millis <= label.endMillis());
            if (!isLabelled) {
                assertThat(actual.get(slot)).isEqualTo(expected.get(slot));
            }
        }
        assertThat(actual).isNotEqualTo(expected);
    }

    private static Scenario mixed(int devices) {
        return ScenarioFile.load("mixed").resized(Optional.of(devices), Optional.empty());
    }

    private static Scenario faulty(Scenario scenario) {
        var faults = FaultSpec.usual().withEvery(20);
        return scenario.withTypes(
                scenario.types().stream().map(type -> type.with(faults)).toList());
    }

    private static String type(String more) {
        return "devices { d { " + more + ", metrics { x { value = 1 } } } }";
    }

    private String first(String scenario) {
        return messages(fleet(Scenarios.parse(scenario), 1).getFirst(), 1).getFirst();
    }

    private List<Device> fleet(Scenario scenario, int first) {
        return Devices.of(scenario, first, labels::add);
    }

    private List<String> said(Scenario scenario) {
        return fleet(scenario, 1).stream()
                .flatMap(device -> messages(device, 500).stream())
                .toList();
    }

    /// One per second; empty text for a message left out.
    private static List<String> messages(Device device, int count) {
        var messages = new ArrayList<String>();
        for (int slot = 0; slot < count; slot++) {
            var out = Unpooled.buffer();
            if (device.enter(slot, slot * 1_000_000_000L, START_MILLIS + slot * 1_000L)) {
                device.write(out);
            }
            messages.add(out.toString(US_ASCII));
        }
        return messages;
    }
}
