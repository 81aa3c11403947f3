package io.telltale.simulator.device;

import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// What the events of a scenario mean for one device: when it is without power, and which firmware it has. Which
/// devices an event hits hangs on their numbers alone, so it is the same in a larger fleet. Single-threaded.
public final class Course {
    /// The device's connection breaks; for how long it may not come back.
    public record Break(long atNanos, long untilNanos) {}

    private record Update(long atNanos, Firmware firmware) {}

    private final List<Break> outages = new ArrayList<>();
    private final List<Break> storms = new ArrayList<>();
    private final List<Update> updates = new ArrayList<>();
    private Firmware firmware;
    private boolean isDark;
    private long darkSinceMillis;
    private long darkUntilMillis;

    private Course(Firmware firmware) {
        this.firmware = firmware;
    }

    /// @param firmwares those that are rolled out, by the rollout
    static Course of(
            int number,
            DeviceType type,
            Firmware firmware,
            List<Event> events,
            Map<Event.Rollout, Firmware> firmwares,
            long seed) {
        var course = new Course(firmware);
        var random = new SplittableRandom(seed ^ (0x9E37_79B9_7F4A_7C15L * number));
        for (var event : events) {
            double share = random.nextDouble();
            double turn = random.nextDouble();
            long at = event.at().toNanos();
            switch (event) {
                case Event.ReconnectStorm storm -> {
                    if (share < storm.share()) {
                        course.storms.add(new Break(at, at));
                    }
                }
                case Event.SiteOutage outage -> {
                    if (type.siteOf(number) == outage.site()) {
                        course.outages.add(new Break(at, at + outage.lasts().toNanos()));
                    }
                }
                case Event.Rollout rollout -> {
                    if (rollout.type().equals(type.name()) && share < rollout.share()) {
                        long after = Math.round(turn * rollout.over().toNanos());
                        var next = firmwares.get(rollout);
                        if (next != null) {
                            course.updates.add(new Update(at + after, next));
                        }
                    }
                }
            }
        }
        course.updates.sort(Comparator.comparingLong(Update::atNanos));
        return course;
    }

    /// When the connection breaks, in any order.
    public List<Break> breaks() {
        var all = new ArrayList<>(outages);
        all.addAll(storms);
        return all;
    }

    void enter(long offsetNanos, long millis, String device, Consumer<Label> labels) {
        while (!updates.isEmpty() && updates.getFirst().atNanos() <= offsetNanos) {
            firmware = updates.removeFirst().firmware();
            labels.accept(new Label(device, Label.EVERY_METRIC, FaultKind.ROLLOUT, millis, millis));
        }
        if (outages.isEmpty()) {
            return;
        }
        boolean wasDark = isDark;
        isDark = isIn(offsetNanos);
        if (isDark && !wasDark) {
            darkSinceMillis = millis;
        } else if (!isDark && wasDark) {
            labelOutage(device, labels);
        }
        darkUntilMillis = millis;
    }

    private boolean isIn(long offsetNanos) {
        for (var outage : outages) {
            if (outage.atNanos() <= offsetNanos && offsetNanos < outage.untilNanos()) {
                return true;
            }
        }
        return false;
    }

    boolean isDark() {
        return isDark;
    }

    Firmware firmware() {
        return firmware;
    }

    void finish(String device, Consumer<Label> labels) {
        if (isDark) {
            isDark = false;
            labelOutage(device, labels);
        }
    }

    private void labelOutage(String device, Consumer<Label> labels) {
        labels.accept(new Label(device, Label.EVERY_METRIC, FaultKind.SITE_OUTAGE, darkSinceMillis, darkUntilMillis));
    }
}
