package io.telltale.simulator.device;

import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.MetricSpec;
import java.util.List;
import java.util.Optional;

/// Who a device is.
///
/// @param number in the fleet, from 1
/// @param status its topic of presence; empty: it tells none
public record Identity(
        int number, String id, DeviceType type, String topic, Optional<String> status, List<String> metrics) {
    static Identity of(int number, DeviceType type) {
        return new Identity(
                number,
                type.idOf(number),
                type,
                type.topicOf(number),
                type.statusOf(number),
                type.metrics().stream().map(MetricSpec::name).toList());
    }
}
