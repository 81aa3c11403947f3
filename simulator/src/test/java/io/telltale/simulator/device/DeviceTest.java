package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.telltale.simulator.fault.Faults;
import io.telltale.simulator.fault.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final long START_MILLIS = 1_732_170_000_000L;

    @Test
    void a_device_is_the_same_whichever_number_its_fleet_begins_with() {
        var all = Device.fleet(PayloadKind.MIXED, 1, 9, 7, Optional.empty());
        var last = Device.fleet(PayloadKind.MIXED, 9, 1, 7, Optional.empty());

        assertThat(last.getFirst().id()).isEqualTo(all.getLast().id());
        assertThat(messages(last.getFirst(), 5)).isEqualTo(messages(all.getLast(), 5));
    }

    @Test
    void the_same_seed_says_the_same_bytes() {
        assertThat(said(7, Optional.empty())).isEqualTo(said(7, Optional.empty()));
        assertThat(said(7, faults(new ArrayList<>()))).isEqualTo(said(7, faults(new ArrayList<>())));
    }

    @Test
    void another_seed_says_something_else() {
        assertThat(said(7, Optional.empty())).isNotEqualTo(said(8, Optional.empty()));
    }

    @Test
    void a_device_says_the_same_in_a_larger_fleet() {
        var small = Device.fleet(PayloadKind.MIXED, 1, 2, 1, Optional.empty());
        var large = Device.fleet(PayloadKind.MIXED, 1, 20, 1, Optional.empty());

        assertThat(messages(large.get(1), 10)).isEqualTo(messages(small.get(1), 10));
    }

    @Test
    void a_mixed_fleet_has_meters_thermometers_and_pumps() {
        var fleet = Device.fleet(PayloadKind.MIXED, 1, 4, 1, Optional.empty());

        assertThat(fleet)
                .extracting(Device::id)
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
        var meter =
                Device.fleet(PayloadKind.SMART_METER, 1, 1, 1, Optional.empty()).getFirst();

        assertThat(meter.id()).isEqualTo("meter-000001");
        assertThat(meter.pointsPerMessage()).isEqualTo(3);
        assertThat(messages(meter, 1).getFirst())
                .matches(
                        "\\{\"ts\":1732170000000,\"pulseCounter\":\\d{7},\"leakage\":(true|false),\"batteryLevel\":\\d{1,3}}");
    }

    @Test
    void a_malformed_payload_breaks_off_after_its_time() {
        var meter =
                Device.fleet(PayloadKind.SMART_METER, 1, 1, 1, Optional.empty()).getFirst();
        var out = Unpooled.buffer();

        meter.enter(0, START_MILLIS);
        meter.writeMalformed(out);

        assertThat(out.toString(US_ASCII)).isEqualTo("{\"ts\":1732170000000,\"tempera");
    }

    @Test
    void faults_change_exactly_what_their_labels_say() {
        var labels = new ArrayList<Label>();
        var healthy = Device.fleet(PayloadKind.MIXED, 1, 1, 3, Optional.empty()).getFirst();
        var faulty = Device.fleet(PayloadKind.MIXED, 1, 1, 3, faults(labels)).getFirst();

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

    private static Optional<Faults> faults(List<Label> labels) {
        return Optional.of(new Faults(20, labels::add));
    }

    private static List<String> said(long seed, Optional<Faults> faults) {
        return Device.fleet(PayloadKind.MIXED, 1, 6, seed, faults).stream()
                .flatMap(device -> messages(device, 500).stream())
                .toList();
    }

    /// One per second; empty text for a message left out.
    private static List<String> messages(Device device, int count) {
        var messages = new ArrayList<String>();
        for (int slot = 0; slot < count; slot++) {
            var out = Unpooled.buffer();
            if (device.enter(slot, START_MILLIS + slot * 1_000L)) {
                device.write(out);
            }
            messages.add(out.toString(US_ASCII));
        }
        return messages;
    }
}
