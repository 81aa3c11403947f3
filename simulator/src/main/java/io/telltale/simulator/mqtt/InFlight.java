package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBuf;
import io.telltale.simulator.report.MessageKind;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one connection that wait for their PUBACK, in the order of sending, at most `limit`.
/// A ring that grows to what is used: most of 20,000 devices never have more than one message on the way.
final class InFlight {
    private static final int MAX_PACKET_ID = 65_535;
    private static final int INITIAL_CAPACITY = 2;

    private int limit;
    private @Nullable ByteBuf[] packets = new @Nullable ByteBuf[INITIAL_CAPACITY];
    private MessageKind[] kinds = new MessageKind[INITIAL_CAPACITY];
    /// Place of the device, and how many values the message holds.
    private int[] places = new int[INITIAL_CAPACITY];
    private int[] points = new int[INITIAL_CAPACITY];
    private long[] intendedNanos = new long[INITIAL_CAPACITY];
    private long[] sentNanos = new long[INITIAL_CAPACITY];
    private long head;
    private long tail;

    /// @param limit 1 to 65,535
    InFlight(int limit) {
        this.limit = limit;
    }

    /// What waits beyond a lower limit goes on waiting.
    void limit(int otherLimit) {
        limit = otherLimit;
    }

    boolean isFull() {
        return tail - head >= limit;
    }

    /// The packet id for the message that is added next.
    int nextPacketId() {
        return packetId(tail);
    }

    void add(ByteBuf packet, MessageKind kind, int place, int pointCount, long intended, long sent) {
        if (tail - head == packets.length) {
            grow();
        }
        int index = index(tail++);
        packets[index] = packet;
        kinds[index] = kind;
        places[index] = place;
        points[index] = pointCount;
        intendedNanos[index] = intended;
        sentNanos[index] = sent;
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

    int place(int index) {
        return places[index];
    }

    int points(int index) {
        return points[index];
    }

    long intendedNanos(int index) {
        return intendedNanos[index];
    }

    long sentNanos(int index) {
        return sentNanos[index];
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

    /// Doubles every array; each message moves to where its position is in the longer ring.
    private void grow() {
        int capacity = packets.length * 2;
        var from = new InFlight(limit);
        from.packets = packets;
        from.kinds = kinds;
        from.places = places;
        from.points = points;
        from.intendedNanos = intendedNanos;
        from.sentNanos = sentNanos;
        packets = new @Nullable ByteBuf[capacity];
        kinds = new MessageKind[capacity];
        places = new int[capacity];
        points = new int[capacity];
        intendedNanos = new long[capacity];
        sentNanos = new long[capacity];
        for (long position = head; position < tail; position++) {
            int before = from.index(position);
            int now = index(position);
            packets[now] = from.packets[before];
            kinds[now] = from.kinds[before];
            places[now] = from.places[before];
            points[now] = from.points[before];
            intendedNanos[now] = from.intendedNanos[before];
            sentNanos[now] = from.sentNanos[before];
        }
    }
}
