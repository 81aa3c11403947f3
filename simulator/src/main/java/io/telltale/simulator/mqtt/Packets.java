package io.telltale.simulator.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;

/// Writes the packets that a device sends: MQTT 3.1.1 and 5, OASIS standards, sections 2 and 3. What version 5
/// adds to them is an empty list of properties.
final class Packets {
    static final int CONNACK = 0x20;
    static final int PUBACK = 0x40;
    static final int PINGRESP = 0xD0;

    private static final int CONNECT = 0x10;
    private static final int PUBLISH = 0x30;
    private static final int RETAIN = 0x01;
    private static final int QOS_1 = 0x02;
    private static final int DUP = 0x08;
    private static final int SUBSCRIBE = 0x82;
    private static final int PINGREQ = 0xC0;
    private static final int DISCONNECT = 0xE0;

    private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T'};
    private static final int VERSION_3_1_1 = 4;
    private static final int VERSION_5 = 5;
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_QOS_1 = 0x08;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER = 0x80;
    private static final int NO_PROPERTIES = 0;

    private Packets() {}

    /// A topic, or any text, as the protocol wants it: two bytes of length before it.
    static byte[] text(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        byte[] prefixed = new byte[bytes.length + 2];
        prefixed[0] = (byte) (bytes.length >> 8);
        prefixed[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, prefixed, 2, bytes.length);
        return prefixed;
    }

    /// A clean session, perhaps with a retained last will of QoS 1 and credentials.
    static void connect(ByteBuf out, Profile who, int keepAliveSeconds) {
        boolean isVersion5 = who.isVersion5();
        var will = who.will();
        int flags = CLEAN_SESSION;
        int size = PROTOCOL.length + 4 + (isVersion5 ? 1 : 0) + who.clientId().length;
        if (will.isPresent()) {
            flags |= WILL | WILL_QOS_1 | WILL_RETAIN;
            size += (isVersion5 ? 1 : 0)
                    + will.get().topic().length
                    + will.get().message().length;
        }
        if (who.user().isPresent()) {
            flags |= USER;
            size += who.user().get().length;
        }
        if (who.password().isPresent()) {
            flags |= PASSWORD;
            size += who.password().get().length;
        }
        out.writeByte(CONNECT);
        length(out, size);
        out.writeBytes(PROTOCOL).writeByte(isVersion5 ? VERSION_5 : VERSION_3_1_1);
        out.writeByte(flags).writeShort(keepAliveSeconds);
        noProperties(out, isVersion5);
        out.writeBytes(who.clientId());
        will.ifPresent(some -> {
            noProperties(out, isVersion5);
            out.writeBytes(some.topic()).writeBytes(some.message());
        });
        who.user().ifPresent(out::writeBytes);
        who.password().ifPresent(out::writeBytes);
    }

    /// QoS 1 when there is a packet id, QoS 0 when it is 0.
    ///
    /// @param topic as [#text] gives it
    /// @param payload its readable bytes; left as it is
    static void publish(ByteBuf out, boolean isVersion5, byte[] topic, int packetId, ByteBuf payload) {
        boolean isAcked = packetId != 0;
        int size = payload.readableBytes();
        out.writeByte(isAcked ? PUBLISH | QOS_1 : PUBLISH);
        length(out, topic.length + (isAcked ? 2 : 0) + (isVersion5 ? 1 : 0) + size);
        out.writeBytes(topic);
        if (isAcked) {
            out.writeShort(packetId);
        }
        noProperties(out, isVersion5);
        out.writeBytes(payload, payload.readerIndex(), size);
    }

    /// Retained, QoS 0.
    static void publishRetained(ByteBuf out, boolean isVersion5, byte[] topic, byte[] payload) {
        out.writeByte(PUBLISH | RETAIN);
        length(out, topic.length + (isVersion5 ? 1 : 0) + payload.length);
        out.writeBytes(topic);
        noProperties(out, isVersion5);
        out.writeBytes(payload);
    }

    /// With QoS 0.
    static void subscribe(ByteBuf out, boolean isVersion5, int packetId, byte[] filter) {
        out.writeByte(SUBSCRIBE);
        length(out, 2 + (isVersion5 ? 1 : 0) + filter.length + 1);
        out.writeShort(packetId);
        noProperties(out, isVersion5);
        out.writeBytes(filter).writeByte(0);
    }

    /// An upper bound for the size of a publish packet.
    static int publishCapacity(byte[] topic, int payloadSize) {
        return 8 + topic.length + payloadSize;
    }

    /// Makes a publish packet that has been sent one that is sent again.
    static void markResent(ByteBuf publish) {
        publish.readerIndex(0);
        publish.setByte(0, publish.getByte(0) | DUP);
    }

    static void ping(ByteBuf out) {
        out.writeByte(PINGREQ).writeByte(0);
    }

    static void disconnect(ByteBuf out) {
        out.writeByte(DISCONNECT).writeByte(0);
    }

    private static void noProperties(ByteBuf out, boolean isVersion5) {
        if (isVersion5) {
            out.writeByte(NO_PROPERTIES);
        }
    }

    private static void length(ByteBuf out, int remaining) {
        int rest = remaining;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
