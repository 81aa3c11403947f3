package io.telltale.simulator.scenario;

import static java.lang.Double.MAX_VALUE;

import io.telltale.simulator.signal.Draw;
import io.telltale.simulator.signal.Shape;
import java.time.Duration;
import java.util.List;

/// Reads signals.
final class Shapes {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Draw ANY_PHASE = new Draw(0, 1);

    private enum Kind {
        CONSTANT,
        STEPS,
        DAILY,
        SINE,
        WEEKLY,
        NOISE,
        WALK,
        DUTY_CYCLE,
        BATTERY,
        COUNTER,
        CHANCE,
        FOLLOW,
        GPS
    }

    private Shapes() {}

    static Shape read(Section in) {
        in.requiredText("kind");
        return switch (in.choice("kind", Kind.class).orElseThrow()) {
            case CONSTANT -> new Shape.Constant(required(in, "value"));
            case STEPS -> steps(in);
            case DAILY -> cycle(in, DAY);
            case SINE -> cycle(in, in.requiredDuration("period"));
            case WEEKLY -> new Shape.Week(required(in, "workday"), required(in, "weekend"));
            case NOISE -> new Shape.Noise(in.number("sigma", 0, MAX_VALUE));
            case WALK ->
                new Shape.Walk(
                        optional(in, "mean", Draw.of(0)),
                        in.number("step", 0, MAX_VALUE),
                        in.number("pull", 0.2, 1e-6, 1));
            case DUTY_CYCLE ->
                new Shape.Duty(periodMillis(in), in.draw("share", 0, 1).orElse(new Draw(0.5, 1)));
            case BATTERY ->
                new Shape.Battery(
                        in.requiredDuration("life").toMillis(),
                        in.number("full", 100, -MAX_VALUE, MAX_VALUE),
                        in.number("empty", 10, -MAX_VALUE, MAX_VALUE));
            case COUNTER -> new Shape.Counter(optional(in, "start", Draw.of(0)), in.whole("max-step", 9, 0, 1_000_000));
            case CHANCE -> new Shape.Chance(in.number("probability", 0, 1));
            case FOLLOW ->
                new Shape.Follow(
                        in.requiredText("metric"),
                        in.number("factor", 1, -MAX_VALUE, MAX_VALUE),
                        in.number("around", 0, -MAX_VALUE, MAX_VALUE));
            case GPS -> gps(in);
        };
    }

    private static Shape steps(Section in) {
        var values = in.numbers("values").orElse(List.of());
        if (values.isEmpty()) {
            throw in.refusal("values", "a list of numbers");
        }
        return new Shape.Steps(values, in.requiredDuration("each").toMillis());
    }

    private static Shape cycle(Section in, Duration period) {
        return new Shape.Cycle(
                period.toMillis(),
                optional(in, "mean", Draw.of(0)),
                required(in, "amplitude"),
                optional(in, "phase", ANY_PHASE));
    }

    private static Shape gps(Section in) {
        in.requiredText("axis");
        return new Shape.Gps(
                in.text("track").orElse("track"),
                in.choice("axis", Shape.Gps.Axis.class).orElseThrow(),
                in.number("latitude", -80, 80),
                in.number("longitude", -180, 180),
                in.number("radius-km", 5, 0.01, 1_000),
                in.number("speed-kmh", 40, 0, 2_000));
    }

    private static Draw periodMillis(Section in) {
        var shortest = in.requiredDuration("period");
        var longest = in.duration("longest-period", shortest);
        if (longest.compareTo(shortest) < 0) {
            throw in.refusal("longest-period", "a time of at least the period");
        }
        return new Draw(shortest.toMillis(), longest.toMillis());
    }

    private static Draw required(Section in, String key) {
        return in.draw(key, -MAX_VALUE, MAX_VALUE).orElseThrow(() -> in.refusal(key, "a number or [low, high]"));
    }

    private static Draw optional(Section in, String key, Draw fallback) {
        return in.draw(key, -MAX_VALUE, MAX_VALUE).orElse(fallback);
    }
}
