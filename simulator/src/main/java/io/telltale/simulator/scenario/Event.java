package io.telltale.simulator.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Something that happens to many devices at once. Times count from the first intended message.
public sealed interface Event {
    Duration at();

    Event scaled(double factor);

    /// A share of the connections break and come back, all at once.
    record ReconnectStorm(Duration at, double share) implements Event {
        @Override
        public Event scaled(double factor) {
            return new ReconnectStorm(Event.scaled(at, factor), share);
        }
    }

    /// The devices of a site are without power: their connections break, and they measure nothing.
    ///
    /// @param site 1 to the number of sites
    record SiteOutage(Duration at, Duration lasts, int site) implements Event {
        @Override
        public Event scaled(double factor) {
            return new SiteOutage(Event.scaled(at, factor), Event.scaled(lasts, factor), site);
        }
    }

    /// The devices of a type get a firmware that says things differently, one after another.
    ///
    /// @param over how long it takes until the last has it
    /// @param share of the devices that get it
    /// @param rename new names by old ones
    /// @param drop metrics that are no longer told
    /// @param scale factors by old name, as when Celsius becomes Fahrenheit
    record Rollout(
            Duration at,
            Duration over,
            String type,
            double share,
            Optional<PayloadFormat> format,
            Map<String, String> rename,
            Set<String> drop,
            Map<String, Double> scale)
            implements Event {
        public Rollout {
            rename = Map.copyOf(rename);
            drop = Set.copyOf(drop);
            scale = Map.copyOf(scale);
        }

        @Override
        public Event scaled(double factor) {
            return new Rollout(
                    Event.scaled(at, factor), Event.scaled(over, factor), type, share, format, rename, drop, scale);
        }
    }

    /// What an event can be, as a file names it.
    enum Kind {
        RECONNECT_STORM,
        SITE_OUTAGE,
        ROLLOUT
    }

    static Event read(Section in) {
        in.requiredText("kind");
        var at = in.duration("at", Duration.ZERO);
        return switch (in.choice("kind", Kind.class).orElseThrow()) {
            case RECONNECT_STORM -> new ReconnectStorm(at, in.number("share", 1, 0, 1));
            case SITE_OUTAGE -> new SiteOutage(at, in.requiredDuration("for"), in.whole("site", 1, 1, 1_000_000));
            case ROLLOUT -> rollout(at, in);
        };
    }

    private static Rollout rollout(Duration at, Section in) {
        var rename = new LinkedHashMap<String, String>();
        in.entries("rename").forEach(entry -> rename.put(entry.getKey(), entry.getValue()));
        var scale = new LinkedHashMap<String, Double>();
        in.entries("scale").forEach(entry -> scale.put(entry.getKey(), factor(in, entry.getValue())));
        return new Rollout(
                at,
                in.duration("over", Duration.ZERO),
                in.requiredText("type"),
                in.number("share", 1, 0, 1),
                in.choice("payload", PayloadFormat.class),
                rename,
                Set.copyOf(in.texts("drop").orElse(List.of())),
                scale);
    }

    private static double factor(Section in, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw in.refusal("scale", "a number for each metric");
        }
    }

    static Duration scaled(Duration time, double factor) {
        return Duration.ofNanos(Math.round(time.toNanos() * factor));
    }
}
