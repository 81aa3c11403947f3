package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.telltale.simulator.scenario.MetricSpec;
import java.util.List;

/// How one value is written: its name before it, ready as bytes, and the value after it.
final class Metric {
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NO_NUMBER = "\"n/a\"".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);

    private final byte[] key;
    private final MetricSpec.Kind kind;
    private final int decimals;
    private final List<byte[]> texts;
    private final double factor;

    /// @param factor of the unit that it is told in
    Metric(MetricSpec spec, String name, double factor) {
        this.key = ("\"" + escaped(name) + "\":").getBytes(UTF_8);
        this.kind = spec.kind();
        this.decimals = spec.decimals();
        this.texts = spec.texts().stream()
                .map(text -> ("\"" + escaped(text) + "\"").getBytes(UTF_8))
                .toList();
        this.factor = factor;
    }

    void writeKey(ByteBuf out) {
        out.writeBytes(key);
    }

    void write(ByteBuf out, double value) {
        if (Double.isNaN(value)) {
            out.writeBytes(NULL);
            return;
        }
        switch (kind) {
            case NUMBER -> Decimals.write(out, Decimals.unscaled(value * factor, decimals), decimals);
            case FLAG -> out.writeBytes(value > 0.5 ? TRUE : FALSE);
            case TEXT -> out.writeBytes(texts.get(Math.clamp(Math.round(value), 0, texts.size() - 1)));
        }
    }

    static void writeWrongType(ByteBuf out) {
        out.writeBytes(NO_NUMBER);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
