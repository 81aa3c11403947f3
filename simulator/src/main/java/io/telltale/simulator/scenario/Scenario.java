package io.telltale.simulator.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All of a run that is decided before it begins.
///
/// @param devices how many there are; each type has the share that its count is of all counts
/// @param start event time of the beginning; empty: when it really begins
/// @param duration how long to send; empty: until stopped. With stages it is their sum
/// @param speed seconds of the devices' time that pass in one: all times and rates of a scenario are theirs, but
/// for connecting
/// @param connectOver how long it takes from the first connect to the last; 0: as fast as they can
public record Scenario(
        String name,
        long seed,
        int devices,
        Optional<Instant> start,
        Optional<Duration> duration,
        List<Stage> stages,
        double speed,
        Duration connectOver,
        Server server,
        List<DeviceType> types,
        List<Event> events) {
    public static final double MAX_SPEED = 1e9;

    public Scenario {
        stages = List.copyOf(stages);
        types = List.copyOf(types);
        events = List.copyOf(events);
        duration.ifPresent(time -> require(time.isPositive(), "--duration: expected a time above 0, got " + time));
        require(
                devices >= 1 && devices <= DeviceType.MAX_DEVICES,
                "--devices: expected 1 to " + DeviceType.MAX_DEVICES + ", got " + devices);
        require(speed > 0 && speed <= MAX_SPEED, "--speed: expected a number above 0, 1e9 at most, got " + speed);
        wrongWith(speed, duration, start, types)
                .ifPresent(expected -> require(false, "--speed: expected " + expected + ", got " + speed));
    }

    /// What another speed than 1 would need.
    static Optional<String> wrongWith(
            double speed, Optional<Duration> duration, Optional<Instant> start, List<DeviceType> types) {
        if (speed == 1) {
            return Optional.empty();
        }
        if (duration.isEmpty() && start.isEmpty()) {
            return Optional.of("a duration or a start with it, so that no event time is in the future");
        }
        if (types.stream().anyMatch(type -> type.replay().isPresent())) {
            return Optional.of("1 where there is a replay, which has a speed of its own");
        }
        return types.stream().anyMatch(type -> type.time() == TimeFormat.NONE)
                ? Optional.of("1 where messages say no time")
                : Optional.empty();
    }

    /// Event time of the beginning of a run that begins now. With clocks that run fast the end is now, so that no
    /// event time is in the future.
    public long startMillis(long nowMillis) {
        long before = speed > 1 ? duration.map(Duration::toMillis).orElse(0L) : 0;
        return start.map(Instant::toEpochMilli).orElse(nowMillis - before);
    }

    /// Of all devices together, where the load is 1.
    public double messagesPerSecond() {
        return dealt(devices).stream()
                .mapToDouble(DeviceType::messagesPerSecond)
                .sum();
    }

    /// How many messages a run to the end has; empty without an end.
    public Optional<Double> messages() {
        return stages.isEmpty()
                ? duration.map(time -> messagesPerSecond() * time.toNanos() / 1e9)
                : Optional.of(messagesPerSecond()
                        * stages.stream().mapToDouble(Stage::workSeconds).sum());
    }

    /// How long before its beginning the earliest event time is: of recordings that are sent faster than they
    /// were made.
    public Duration reachesBack() {
        return types.stream()
                .flatMap(type -> type.replay().stream())
                .map(Replayed::reachesBack)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    public boolean hasFaults() {
        return !events.isEmpty()
                || types.stream().anyMatch(type -> type.replay().isPresent())
                || types.stream().anyMatch(type -> type.faults().isPresent());
    }

    /// The types of the devices 1, 2, 3... up to `last`, dealt so that at every number each type has its share.
    public List<DeviceType> dealt(int last) {
        long all = types.stream().mapToLong(DeviceType::count).sum();
        long[] given = new long[types.size()];
        var dealt = new ArrayList<DeviceType>(last);
        for (long number = 1; number <= last; number++) {
            int most = 0;
            long mostMissing = Long.MIN_VALUE;
            for (int i = 0; i < given.length; i++) {
                long missing = number * types.get(i).count() - given[i] * all;
                if (missing > mostMissing) {
                    most = i;
                    mostMissing = missing;
                }
            }
            given[most]++;
            dealt.add(types.get(most));
        }
        return dealt;
    }

    /// The same with another number of devices and another total rate, each type with its share of both.
    public Scenario resized(Optional<Integer> otherDevices, Optional<Double> messagesPerSecond) {
        if (otherDevices.isEmpty() && messagesPerSecond.isEmpty()) {
            return this;
        }
        if (types.stream().anyMatch(type -> type.replay().isPresent())) {
            throw new ScenarioException("--devices, --rate: a replay has those of its files, got "
                    + otherDevices.map(String::valueOf).orElse("")
                    + messagesPerSecond.map(rate -> " at " + rate).orElse(""));
        }
        var resized = with(otherDevices.orElse(devices), types);
        return messagesPerSecond.map(resized::atRate).orElse(resized);
    }

    private Scenario atRate(double messagesPerSecond) {
        double factor = messagesPerSecond / messagesPerSecond();
        for (var type : types) {
            double rate = type.messagesPerSecond() * factor;
            require(
                    rate >= DeviceType.MIN_RATE && rate <= DeviceType.MAX_RATE,
                    "--rate: expected one message a day to 1000 a second per device, which is up to "
                            + Math.round(devices * DeviceType.MAX_RATE) + " messages/s for " + devices
                            + " devices, got " + messagesPerSecond);
        }
        return withTypes(types.stream()
                .map(type -> type.with(type.messagesPerSecond() * factor))
                .toList());
    }

    /// The same for another time; stages and events are stretched or squeezed.
    public Scenario lasting(Duration time) {
        double factor = duration.map(mine -> (double) time.toNanos() / mine.toNanos())
                .filter(some -> !stages.isEmpty())
                .orElse(1.0);
        return new Scenario(
                name,
                seed,
                devices,
                start,
                Optional.of(time),
                stages.stream().map(stage -> stage.scaled(factor)).toList(),
                speed,
                connectOver,
                server,
                types,
                events.stream().map(event -> event.scaled(factor)).toList());
    }

    /// The same with its first `time` as a stage of its own, so that its latencies are told apart.
    public Scenario warmingUp(Duration time) {
        require(stages.isEmpty(), "--warm-up: expected a scenario without stages of its own, got " + time);
        var whole = duration.filter(all -> all.compareTo(time) > 0 && time.isPositive())
                .orElseThrow(() -> new ScenarioException("--warm-up: expected a part of --duration, got " + time
                        + " of " + duration.map(Duration::toString).orElse("a run without an end")));
        var parts = List.of(new Stage("warm-up", time, 1, 1), new Stage("warm", whole.minus(time), 1, 1));
        return new Scenario(name, seed, devices, start, duration, parts, speed, connectOver, server, types, events);
    }

    public Scenario withSeed(long other) {
        return new Scenario(name, other, devices, start, duration, stages, speed, connectOver, server, types, events);
    }

    public Scenario withSpeed(double other) {
        return new Scenario(name, seed, devices, start, duration, stages, other, connectOver, server, types, events);
    }

    public Scenario withServer(Server other) {
        return new Scenario(name, seed, devices, start, duration, stages, speed, connectOver, other, types, events);
    }

    public Scenario withTypes(List<DeviceType> others) {
        return with(devices, others);
    }

    private Scenario with(int otherDevices, List<DeviceType> others) {
        return new Scenario(
                name, seed, otherDevices, start, duration, stages, speed, connectOver, server, others, events);
    }

    /// What was recorded, and nothing else.
    ///
    /// @throws IllegalArgumentException if a file says something that cannot be
    public static Scenario replay(Path from, Optional<Path> labels, double speed) {
        var types = Replayed.types(from, labels, speed);
        return new Scenario(
                "replay of " + from.getFileName(),
                1,
                types.size(),
                Optional.empty(),
                longestReplay(types),
                List.of(),
                1,
                Duration.ZERO,
                Server.LOCAL,
                types,
                List.of());
    }

    static Optional<Duration> longestReplay(List<DeviceType> types) {
        return types.stream()
                .flatMap(type -> type.replay().stream())
                .map(Replayed::lasts)
                .max(Duration::compareTo);
    }

    private static void require(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
