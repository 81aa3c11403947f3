package io.telltale.simulator.device;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.telltale.simulator.fault.FaultKind;
import io.telltale.simulator.fault.FaultPlan;
import io.telltale.simulator.fault.Label;
import io.telltale.simulator.report.MessageKind;
import java.util.Optional;
import java.util.function.Consumer;

/// One device: says at each of its slots what it measures, byte for byte the same for the same seed and times.
///
/// Call [#enter] for each slot in ascending order, and where there is something to say, [#write] once and then
/// the questions. Single-threaded.
public final class Device {
    /// When a message leaves.
    public enum Release {
        AT_ONCE,
        /// After the next one that leaves at once.
        AFTER_NEXT,
        /// With all others like it, before the next one that leaves at once.
        TOGETHER
    }

    private static final int TYPICAL_PAYLOAD_BYTES = 128;

    private final Identity identity;
    private final Readings readings;
    private final Course course;
    private final Optional<FaultPlan> faults;
    private final Optional<Mishaps> mishaps;
    private final Consumer<Label> labels;
    private final double[] values;
    /// The last message that is no repetition, kept only where it may be needed again.
    private final ByteBuf latest;

    private long slot = -1;
    private long trueMillis;
    private long toldMillis;
    private MessageKind kind = MessageKind.TELEMETRY;
    private int points;

    Device(
            Identity identity,
            Readings readings,
            int values,
            Course course,
            Optional<FaultPlan> faults,
            Optional<Mishaps> mishaps,
            Consumer<Label> labels) {
        this.identity = identity;
        this.readings = readings;
        this.course = course;
        this.faults = faults;
        this.mishaps = mishaps;
        this.labels = labels;
        this.values = new double[values];
        this.latest = mishaps.filter(Mishaps::repeats).isPresent()
                ? Unpooled.buffer(TYPICAL_PAYLOAD_BYTES)
                : Unpooled.EMPTY_BUFFER;
    }

    public Identity identity() {
        return identity;
    }

    public Course course() {
        return course;
    }

    /// Moves to a slot and measures.
    ///
    /// @param offsetNanos from the beginning of the run
    /// @param millis the time then, since 1970
    /// @return whether there is anything to say: `false` in a gap or without power
    public boolean enter(long nextSlot, long offsetNanos, long millis) {
        slot = nextSlot;
        trueMillis = readings.eventMillis(slot, millis);
        toldMillis = trueMillis;
        kind = MessageKind.TELEMETRY;
        readings.sample(slot, trueMillis, values);
        if (readings.isOdd()) {
            kind = MessageKind.ODD;
        }
        course.enter(offsetNanos, trueMillis, identity.id(), labels);
        if (faults.isEmpty()) {
            return !course.isDark();
        }
        var plan = faults.get();
        plan.enter(slot, trueMillis);
        for (int i = 0; i < values.length; i++) {
            values[i] = plan.apply(i, slot, values[i]);
        }
        long error = plan.clockErrorMillis(slot);
        if (error != 0) {
            toldMillis += error;
            kind = MessageKind.ODD;
        }
        return !course.isDark() && !plan.isSilent();
    }

    /// The payload of this slot.
    public void write(ByteBuf out) {
        int wrongType = -1;
        if (mishaps.isPresent()) {
            var drawn = mishaps.get().draw(latest.isReadable());
            wrongType = mishaps.get().wrongType();
            if (drawn != MessageKind.TELEMETRY) {
                kind = drawn;
            } else if (wrongType >= 0) {
                kind = MessageKind.ODD;
            }
        }
        var firmware = course.firmware();
        points = firmware.points() - missing();
        switch (kind) {
            case TELEMETRY, ODD -> {
                firmware.write(out, toldMillis, values, wrongType);
                if (mishaps.filter(Mishaps::repeats).isPresent()) {
                    latest.clear().writeBytes(out, out.readerIndex(), out.readableBytes());
                }
                if (wrongType >= 0) {
                    label(identity.metrics().get(wrongType), FaultKind.WRONG_TYPE);
                }
            }
            case MALFORMED -> {
                firmware.writeCorrupt(out, toldMillis);
                label(Label.EVERY_METRIC, FaultKind.CORRUPT);
            }
            case DUPLICATE -> {
                out.writeBytes(latest, latest.readerIndex(), latest.readableBytes());
                label(Label.EVERY_METRIC, FaultKind.DUPLICATE);
            }
        }
    }

    private int missing() {
        int missing = 0;
        for (double value : values) {
            missing += Double.isNaN(value) ? 1 : 0;
        }
        return missing;
    }

    /// What the message written last is.
    public MessageKind kind() {
        return kind;
    }

    /// How many values it holds.
    public int points() {
        return points;
    }

    /// When it leaves.
    public Release release() {
        if (faults.isEmpty()) {
            return Release.AT_ONCE;
        }
        var plan = faults.get();
        return plan.isLate() ? Release.TOGETHER : plan.isOvertaken(slot) ? Release.AFTER_NEXT : Release.AT_ONCE;
    }

    /// Does the connection break before it leaves?
    public boolean isCut() {
        return faults.isPresent() && faults.get().isCut(slot);
    }

    /// The run is over: an open fault gets its label.
    public void finish() {
        faults.ifPresent(FaultPlan::finish);
        readings.finish();
        course.finish(identity.id(), labels);
    }

    private void label(String metric, FaultKind fault) {
        labels.accept(new Label(identity.id(), metric, fault, trueMillis, trueMillis));
    }
}
