package io.telltale.simulator.device;

import io.telltale.simulator.fault.FaultPlan;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Event;
import io.telltale.simulator.scenario.FaultSpec;
import io.telltale.simulator.scenario.MetricSpec;
import io.telltale.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Makes the devices of a scenario. With faults, values are as without, except where a fault is.
public final class Devices {
    private final Scenario scenario;
    private final Consumer<Label> labels;
    private final Map<DeviceType, Firmware> firmwares = new HashMap<>();
    private final Map<Event.Rollout, Firmware> updates = new HashMap<>();

    private Devices(Scenario scenario, Consumer<Label> labels) {
        this.scenario = scenario;
        this.labels = labels;
        for (var type : scenario.types()) {
            firmwares.put(type, Firmware.of(type));
            for (var event : scenario.events()) {
                if (event instanceof Event.Rollout rollout && rollout.type().equals(type.name())) {
                    updates.put(rollout, Firmware.after(rollout, type));
                }
            }
        }
    }

    /// All devices, numbered from `first`.
    ///
    /// @param labels hears of each fault, on the thread of its device
    public static List<Device> of(Scenario scenario, int first, Consumer<Label> labels) {
        var devices = new Devices(scenario, labels);
        int last = first + scenario.devices() - 1;
        var types = scenario.dealt(last);
        var seeds = new SplittableRandom(scenario.seed());
        var made = new ArrayList<Device>(scenario.devices());
        for (int number = 1; number <= last; number++) {
            var values = seeds.split();
            var faults = seeds.split();
            if (number >= first) {
                made.add(devices.device(Identity.of(number, types.get(number - 1)), values, faults));
            }
        }
        return made;
    }

    private Device device(Identity identity, SplittableRandom values, SplittableRandom faults) {
        var type = identity.type();
        var firmware = firmwares.get(type);
        if (firmware == null) {
            throw new IllegalStateException("no firmware for " + type.name());
        }
        return new Device(
                identity,
                type.replay()
                        .<Readings>map(replay -> new Rows(identity.id(), replay, labels))
                        .orElseGet(() -> new Model(type.metrics(), values)),
                type.metrics().size(),
                Course.of(identity.number(), type, firmware, scenario.events(), updates, scenario.seed()),
                type.faults().map(spec -> plan(spec, identity, faults.split())),
                type.faults()
                        .map(spec ->
                                new Mishaps(faults.split(), spec, type.metrics().size())),
                labels);
    }

    private FaultPlan plan(FaultSpec spec, Identity identity, SplittableRandom random) {
        return new FaultPlan(
                random,
                spec.kinds(),
                spec.every(),
                Math.round(spec.after().toNanos() / 1e9 * identity.type().messagesPerSecond()),
                labels,
                identity.id(),
                identity.metrics().toArray(String[]::new),
                identity.type().metrics().stream()
                        .mapToDouble(MetricSpec::spread)
                        .toArray());
    }
}
