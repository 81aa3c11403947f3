package io.telltale.simulator.fleet;

import io.telltale.simulator.device.Course;
import io.telltale.simulator.device.Device;
import io.telltale.simulator.mqtt.Session;
import io.telltale.simulator.mqtt.Wire;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// One connection and the devices behind it. They take turns when there is not room for all.
final class Line implements Session.Owner {
    private final Shard shard;
    private final Session session;
    private final List<Course.Break> breaks;
    private final ArrayDeque<Sender> waiting = new ArrayDeque<>(1);

    /// @param devices of one type and one site
    Line(Shard shard, Wire wire, List<Device> devices) {
        this.shard = shard;
        var first = devices.getFirst().identity();
        var name = devices.size() == 1
                ? first.id()
                : "%s-gateway-%06d".formatted(first.type().name(), first.number());
        var status = devices.stream()
                .map(device -> device.identity().status())
                .flatMap(Optional::stream)
                .toList();
        this.session = Session.of(wire, name, first.type().link(), status, this);
        this.breaks = devices.getFirst().course().breaks();
    }

    Session session() {
        return session;
    }

    /// When the connection breaks by an event.
    List<Course.Break> breaks() {
        return breaks;
    }

    /// A device has something to send.
    void enqueue(Sender sender, long nowNanos) {
        if (!sender.isInLine()) {
            sender.isInLine(true);
            waiting.add(sender);
            pump(nowNanos);
        }
    }

    @Override
    public void connected() {
        shard.connected();
        ready();
    }

    @Override
    public void ready() {
        if (!waiting.isEmpty()) {
            pump(System.nanoTime());
        }
    }

    private void pump(long nowNanos) {
        while (session.canPublish()) {
            var sender = waiting.poll();
            if (sender == null) {
                return;
            }
            if (sender.sendOne(nowNanos)) {
                waiting.add(sender);
            } else {
                sender.isInLine(false);
            }
        }
    }
}
