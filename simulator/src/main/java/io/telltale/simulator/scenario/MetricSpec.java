package io.telltale.simulator.scenario;

import io.telltale.simulator.signal.Shape;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One metric of a device type: the sum of its signals, perhaps times another metric, within its limits, and
/// how it is measured and written.
///
/// @param times the metric that the sum is multiplied with
/// @param noise one sigma of what the measurement adds; the truth that other metrics follow is without it
/// @param decimals how many are written
/// @param resolution values are whole multiples of it; 0: as fine as the decimals
/// @param spread how far values stray from their short-term mean, the yardstick of faults; 0: takes none
/// @param texts with [Kind#TEXT]: what is written for 0, 1, 2...
public record MetricSpec(
        String name,
        Kind kind,
        List<Shape> signals,
        Optional<String> times,
        double min,
        double max,
        double noise,
        int decimals,
        double resolution,
        double spread,
        List<String> texts) {
    /// How a value is written.
    public enum Kind {
        NUMBER,
        /// `true` above one half.
        FLAG,
        TEXT
    }

    public static final int MAX_DECIMALS = 8;

    public MetricSpec {
        signals = List.copyOf(signals);
        texts = List.copyOf(texts);
    }

    /// One whose values are not made here.
    static MetricSpec recorded(String name, int decimals) {
        return new MetricSpec(
                name,
                Kind.NUMBER,
                List.of(),
                Optional.empty(),
                -Double.MAX_VALUE,
                Double.MAX_VALUE,
                0,
                decimals,
                0,
                0,
                List.of());
    }

    static MetricSpec read(String name, Section in) {
        var kind = in.choice("type", Kind.class).orElse(Kind.NUMBER);
        var signals = in.sections("signals", Shapes::read);
        var value = in.draw("value", -Double.MAX_VALUE, Double.MAX_VALUE);
        if (value.isPresent() == !signals.isEmpty()) {
            throw in.refusal("signals", "signals = [...], or value = for a constant, one of the two");
        }
        double noise = in.number("noise", 0, 0, Double.MAX_VALUE);
        var shapes = value.<List<Shape>>map(constant -> List.of(new Shape.Constant(constant)))
                .orElse(signals);
        var texts = in.texts("texts").orElse(List.of());
        if (texts.isEmpty() == (kind == Kind.TEXT)) {
            throw in.refusal("texts", "a list of texts with type = text, and none with another type");
        }
        return new MetricSpec(
                name,
                kind,
                shapes,
                in.text("times"),
                in.number("min", -Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE),
                in.number("max", Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE),
                noise,
                in.whole("decimals", 2, 0, MAX_DECIMALS),
                in.number("resolution", 0, 0, Double.MAX_VALUE),
                in.number("spread", kind == Kind.NUMBER ? spread(shapes, noise) : 0, 0, Double.MAX_VALUE),
                texts);
    }

    private static double spread(List<Shape> signals, double noise) {
        double variance = noise * noise;
        for (var signal : signals) {
            variance += signal.spread() * signal.spread();
        }
        return Math.sqrt(variance);
    }

    /// The metrics that this one is made of.
    Set<String> needs() {
        var needs = new LinkedHashSet<String>();
        signals.forEach(signal -> signal.follows().ifPresent(needs::add));
        times.ifPresent(needs::add);
        return needs;
    }

    /// The places of the metrics in an order in which each comes after those it needs.
    ///
    /// @throws ScenarioException if one needs a metric that does not exist, or itself by a detour
    public static List<Integer> inOrderOfNeed(List<MetricSpec> metrics) {
        var names = metrics.stream().map(MetricSpec::name).toList();
        var order = new ArrayList<Integer>();
        for (int i = 0; i < metrics.size(); i++) {
            visit(i, metrics, names, new LinkedHashSet<>(), order);
        }
        return order;
    }

    private static void visit(
            int index, List<MetricSpec> metrics, List<String> names, Set<String> path, List<Integer> order) {
        var metric = metrics.get(index);
        if (order.contains(index)) {
            return;
        }
        if (!path.add(metric.name())) {
            throw new ScenarioException("metrics follow each other in a circle: " + String.join(" -> ", path));
        }
        for (var need : metric.needs()) {
            int needed = names.indexOf(need);
            if (needed < 0) {
                throw new ScenarioException("metric " + metric.name() + " follows '" + need + "', expected one of "
                        + String.join(", ", names) + Spelling.hint(need, names));
            }
            visit(needed, metrics, names, path, order);
        }
        path.remove(metric.name());
        order.add(index);
    }
}
