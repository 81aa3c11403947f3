package io.telltale.simulator.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a scenario from the top of its file, and refuses what cannot be as a whole.
final class ScenarioReader {
    private ScenarioReader() {}

    static Scenario read(Section in) {
        var stages = in.sections("stages", Stage::read);
        var duration = in.duration("duration");
        if (duration.isPresent() && !stages.isEmpty()) {
            throw in.refusal("duration", "either a duration or stages, not both");
        }
        var types = new ArrayList<>(in.named("devices", DeviceType::read));
        in.section("replay", ScenarioReader::replayed).ifPresent(types::addAll);
        int devices = types.stream().mapToInt(DeviceType::count).sum();
        if (devices < 1 || devices > DeviceType.MAX_DEVICES) {
            throw in.refusal("devices", "1 to " + DeviceType.MAX_DEVICES + " devices in all");
        }
        var start = start(in);
        var lasts = stages.stream()
                .map(Stage::lasts)
                .reduce(Duration::plus)
                .or(() -> duration)
                .or(() -> Scenario.longestReplay(types));
        double speed = in.number("speed", 1, 1e-6, Scenario.MAX_SPEED);
        Scenario.wrongWith(speed, lasts, start, types).ifPresent(expected -> {
            throw in.refusal("speed", expected);
        });
        var scenario = new Scenario(
                in.text("name").orElse("unnamed"),
                (long) in.number("seed", 1, -9e15, 9e15),
                devices,
                start,
                lasts,
                stages,
                speed,
                in.duration("connect-over", Duration.ZERO),
                in.section("server", Server::read).orElse(Server.LOCAL),
                types,
                in.sections("events", Event::read));
        check(scenario, in);
        return scenario;
    }

    private static List<DeviceType> replayed(Section in) {
        var from = in.file("from").orElseThrow(() -> in.refusal("from", "a CSV file, or a directory of them"));
        var labels = in.file("labels");
        try {
            return Replayed.types(from, labels, in.number("speed", 1, 1e-6, 1e9));
        } catch (IllegalArgumentException e) {
            throw in.refusal("from", "recordings that can be read (" + e.getMessage() + ")");
        }
    }

    private static Optional<Instant> start(Section in) {
        return in.text("start").map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw in.refusal("start", "a time such as \"2026-01-05T06:00:00Z\"");
            }
        });
    }

    private static void check(Scenario scenario, Section in) {
        double most = scenario.stages().stream()
                .mapToDouble(stage -> Math.max(stage.loadFrom(), stage.loadTo()))
                .max()
                .orElse(1);
        for (var type : scenario.types()) {
            if (most * type.messagesPerSecond() > DeviceType.MAX_RATE) {
                throw in.refusal(
                        "stages",
                        "at most 1000 messages a second of a device, and the highest load makes %.0f of a %s"
                                .formatted(most * type.messagesPerSecond(), type.name()));
            }
        }
        var names = scenario.types().stream().map(DeviceType::name).toList();
        for (var event : scenario.events()) {
            if (event instanceof Event.Rollout rollout && !names.contains(rollout.type())) {
                throw in.refusal(
                        "events",
                        "rollouts for types there are (" + String.join(", ", names) + "), not for '" + rollout.type()
                                + "'" + Spelling.hint(rollout.type(), names));
            }
        }
    }
}
