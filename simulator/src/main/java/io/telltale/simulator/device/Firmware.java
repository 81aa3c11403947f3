package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Event;
import io.telltale.simulator.scenario.MetricSpec;
import io.telltale.simulator.scenario.PayloadFormat;
import io.telltale.simulator.scenario.TimeFormat;
import java.util.List;
import java.util.Optional;

/// How devices of a type write their messages; the same for all of them.
final class Firmware {
    private static final byte[] TIME_KEY = "\"ts\":".getBytes(US_ASCII);
    private static final byte[] VALUES = "\"values\":{".getBytes(US_ASCII);
    /// Where a malformed payload breaks off: in the middle of a key, so that no reading of it is JSON.
    private static final byte[] BROKEN_OFF = "{\"tempera".getBytes(US_ASCII);

    private static final byte[] BROKEN_OFF_AFTER_TIME = ",\"tempera".getBytes(US_ASCII);

    private final PayloadFormat format;
    private final TimeFormat time;
    /// By the index of the value; none where the value is not told.
    private final List<Optional<Metric>> metrics;

    private final int points;

    private Firmware(PayloadFormat format, TimeFormat time, List<Optional<Metric>> metrics) {
        this.format = format;
        this.time = time;
        this.metrics = metrics;
        this.points = (int) metrics.stream().filter(Optional::isPresent).count();
    }

    static Firmware of(DeviceType type) {
        return new Firmware(
                type.format(),
                type.time(),
                type.metrics().stream()
                        .map(metric -> Optional.of(new Metric(metric, metric.name(), 1)))
                        .toList());
    }

    static Firmware after(Event.Rollout rollout, DeviceType type) {
        return new Firmware(
                rollout.format().orElse(type.format()),
                type.time(),
                type.metrics().stream().map(metric -> told(metric, rollout)).toList());
    }

    private static Optional<Metric> told(MetricSpec metric, Event.Rollout rollout) {
        var name = metric.name();
        return rollout.drop().contains(name)
                ? Optional.empty()
                : Optional.of(new Metric(
                        metric,
                        rollout.rename().getOrDefault(name, name),
                        rollout.scale().getOrDefault(name, 1.0)));
    }

    /// How many values a well-formed message has.
    int points() {
        return points;
    }

    /// @param wrongType index of the value to write a text for; -1: none
    void write(ByteBuf out, long millis, double[] values, int wrongType) {
        switch (format) {
            case FLAT -> {
                out.writeByte('{');
                writeTimeMember(out, millis);
                writeMembers(out, values, wrongType);
                out.writeByte('}');
            }
            case NESTED -> {
                out.writeByte('{');
                writeTimeMember(out, millis);
                out.writeBytes(VALUES);
                writeMembers(out, values, wrongType);
                out.writeByte('}').writeByte('}');
            }
            case ARRAY -> {
                out.writeByte('[').writeByte('{');
                writeTimeMember(out, millis);
                writeMembers(out, values, wrongType);
                out.writeByte('}').writeByte(']');
            }
            case CSV -> writeRow(out, millis, values, wrongType);
        }
    }

    /// What a device with a failing line would send: the payload, cut off.
    void writeCorrupt(ByteBuf out, long millis) {
        if (time == TimeFormat.NONE) {
            out.writeBytes(BROKEN_OFF);
        } else {
            out.writeByte('{').writeBytes(TIME_KEY);
            writeTime(out, millis);
            out.writeBytes(BROKEN_OFF_AFTER_TIME);
        }
    }

    private void writeMembers(ByteBuf out, double[] values, int wrongType) {
        boolean isFirst = true;
        for (int i = 0; i < values.length; i++) {
            var metric = metrics.get(i);
            if (metric.isEmpty()) {
                continue;
            }
            if (!isFirst) {
                out.writeByte(',');
            }
            isFirst = false;
            metric.get().writeKey(out);
            writeValue(out, metric.get(), values[i], i == wrongType);
        }
    }

    private void writeRow(ByteBuf out, long millis, double[] values, int wrongType) {
        if (time != TimeFormat.NONE) {
            writeTime(out, millis);
        }
        for (int i = 0; i < values.length; i++) {
            var metric = metrics.get(i);
            if (metric.isPresent()) {
                if (out.isReadable()) {
                    out.writeByte(',');
                }
                writeValue(out, metric.get(), values[i], i == wrongType);
            }
        }
    }

    private static void writeValue(ByteBuf out, Metric metric, double value, boolean isWrongType) {
        if (isWrongType) {
            Metric.writeWrongType(out);
        } else {
            metric.write(out, value);
        }
    }

    private void writeTimeMember(ByteBuf out, long millis) {
        if (time != TimeFormat.NONE) {
            out.writeBytes(TIME_KEY);
            writeTime(out, millis);
            if (points > 0) {
                out.writeByte(',');
            }
        }
    }

    private void writeTime(ByteBuf out, long millis) {
        switch (time) {
            case MILLIS -> Decimals.write(out, millis, 0);
            case ISO -> {
                out.writeByte('"');
                IsoTime.write(out, millis);
                out.writeByte('"');
            }
            case NONE -> {}
        }
    }
}
