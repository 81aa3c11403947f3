package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBuf;
import io.telltale.simulator.report.MessageKind;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one device that wait for their PUBACK, in the order of sending, at most `limit`.
/// A ring that grows to what is used: most of 20,000 devices never have more than one message on the way.
final class InFlight {
    private static final int MAX_PACKET_ID = 65_535;
    private static final int INITIAL_CAPACITY = 2;

    private final int limit;
    private @Nullable ByteBuf[] packets = new @Nullable ByteBuf[INITIAL_CAPACITY];
    private MessageKind[] kinds = new MessageKind[INITIAL_CAPACITY];
    private long[] intendedNanos = new long[INITIAL_CAPACITY];
    private long head;
    private long tail;

    /// @param limit 1 to 65,535
    InFlight(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return tail - head == limit;
    }

    /// The packet id for the message that is added next.
    int nextPacketId() {
        return packetId(tail);
    }

    void add(ByteBuf packet, MessageKind kind, long intended) {
        if (tail - head == packets.length) {
            grow();
        }
        int index = index(tail++);
        packets[index] = packet;
        kinds[index] = kind;
        intendedNanos[index] = intended;
    }

    /// Where the message with this id is, or -1 if none waits under it. Valid until the next change.
    int find(int packetId) {
        long distance = Math.floorMod(packetId - packetId(head), MAX_PACKET_ID);
        if (packetId == 0 || distance >= tail - head) {
            return -1;
        }
        int index = index(head + distance);
        return packets[index] == null ? -1 : index;
    }

    MessageKind kind(int index) {
        return kinds[index];
    }

    long intendedNanos(int index) {
        return intendedNanos[index];
    }

    /// Takes a found message out. The caller releases it.
    ByteBuf remove(int index) {
        var packet = packets[index];
        if (packet == null) {
            throw new IllegalStateException("no message at " + index);
        }
        packets[index] = null;
        while (head < tail && packets[index(head)] == null) {
            head++;
        }
        return packet;
    }

    /// In the order of sending.
    void forEach(Consumer<ByteBuf> action) {
        for (long position = head; position < tail; position++) {
            var packet = packets[index(position)];
            if (packet != null) {
                action.accept(packet);
            }
        }
    }

    /// Forgets all messages and gives their memory back.
    void releaseAll() {
        forEach(ByteBuf::release);
        Arrays.fill(packets, null);
        head = tail;
    }

    private int index(long position) {
        // The capacity is a power of two.
        return (int) position & (packets.length - 1);
    }

    private static int packetId(long position) {
        return (int) (position % MAX_PACKET_ID) + 1;
    }

    private void grow() {
        int capacity = packets.length * 2;
        var oldPackets = packets;
        var oldKinds = kinds;
        var oldIntended = intendedNanos;
        packets = new @Nullable ByteBuf[capacity];
        kinds = new MessageKind[capacity];
        intendedNanos = new long[capacity];
        for (long position = head; position < tail; position++) {
            int from = (int) position & (oldPackets.length - 1);
            int to = index(position);
            packets[to] = oldPackets[from];
            kinds[to] = oldKinds[from];
            intendedNanos[to] = oldIntended[from];
        }
    }
}
