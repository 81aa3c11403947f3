package io.telltale.simulator.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.mqtt.DeviceConnection;
import io.telltale.simulator.mqtt.Wire;
import io.telltale.simulator.report.MessageKind;
import java.util.SplittableRandom;

/// One device at work: makes its messages when they are due and there is room for them, each with the event time it
/// was due at. What cannot go yet is only counted, so a stalled server costs no memory.
final class Sender implements DeviceConnection.Owner {
    private static final double DUPLICATE_PROBABILITY = 0.005;
    private static final double MALFORMED_PROBABILITY = 0.001;
    private static final int TYPICAL_PAYLOAD_BYTES = 128;

    private final FleetRun run;
    private final Device device;
    private final int place;
    private final DeviceConnection connection;
    private final boolean hasFaults;
    private final SplittableRandom mishaps;
    /// The last acked telemetry, kept only where it may be needed again.
    private final ByteBuf latestAcked;

    private long due;
    private long done;

    Sender(FleetRun run, Wire wire, Device device, int place, boolean hasFaults, SplittableRandom mishaps) {
        this.run = run;
        this.device = device;
        this.place = place;
        this.connection = new DeviceConnection(wire, this, place);
        this.hasFaults = hasFaults;
        this.mishaps = mishaps;
        this.latestAcked = hasFaults ? Unpooled.buffer(TYPICAL_PAYLOAD_BYTES) : Unpooled.EMPTY_BUFFER;
    }

    DeviceConnection connection() {
        return connection;
    }

    Device device() {
        return device;
    }

    void becomeDue(long nowNanos) {
        due++;
        pump(nowNanos);
    }

    /// Messages that are due but have not left.
    long unsent() {
        return due - done;
    }

    @Override
    public String id() {
        return device.id();
    }

    @Override
    public int pointsPerMessage() {
        return device.pointsPerMessage();
    }

    @Override
    public void connected() {
        run.connected();
        ready();
    }

    @Override
    public void ready() {
        if (done < due) {
            pump(System.nanoTime());
        }
    }

    @Override
    public void acked(MessageKind kind, ByteBuf payload) {
        if (hasFaults && kind == MessageKind.TELEMETRY) {
            latestAcked.clear().writeBytes(payload);
        }
    }

    private void pump(long nowNanos) {
        while (done < due && run.isSending() && connection.canPublish()) {
            long slot = done++;
            long offset = run.schedule().nanos(slot, place);
            if (device.enter(slot, run.timeMillis(offset))) {
                send(run.startNanos() + offset, nowNanos);
            }
        }
    }

    private void send(long intendedNanos, long nowNanos) {
        var kind = chooseKind();
        var payload = run.scratch().clear();
        switch (kind) {
            case TELEMETRY -> device.write(payload);
            case MALFORMED -> device.writeMalformed(payload);
            case DUPLICATE -> payload.writeBytes(latestAcked, latestAcked.readerIndex(), latestAcked.readableBytes());
        }
        connection.publish(payload, kind, intendedNanos, nowNanos);
    }

    private MessageKind chooseKind() {
        if (!hasFaults) {
            return MessageKind.TELEMETRY;
        }
        double lot = mishaps.nextDouble();
        if (lot < MALFORMED_PROBABILITY) {
            return MessageKind.MALFORMED;
        }
        return lot < MALFORMED_PROBABILITY + DUPLICATE_PROBABILITY && latestAcked.isReadable()
                ? MessageKind.DUPLICATE
                : MessageKind.TELEMETRY;
    }
}
