package io.telltale.simulator.mqtt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/// Writes the packets that a publishing device sends. MQTT 3.1.1, OASIS standard, sections 2 and 3. Topics are ASCII
/// here.
final class Packets {
    static final int CONNACK = 0x20;
    static final int PUBACK = 0x40;
    static final int PINGRESP = 0xD0;

    private static final int CONNECT = 0x10;
    private static final int PUBLISH = 0x30;
    private static final int RETAIN = 0x01;
    private static final int QOS_1 = 0x02;
    private static final int DUP = 0x08;
    private static final int PINGREQ = 0xC0;
    private static final int DISCONNECT = 0xE0;

    private static final byte[] PROTOCOL = {0, 4, 'M', 'Q', 'T', 'T', 4};
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_QOS_1 = 0x08;
    private static final int WILL_RETAIN = 0x20;

    private Packets() {}

    /// A topic, or any text, as the protocol wants it: two bytes of length before it.
    static byte[] text(String ascii) {
        byte[] bytes = ascii.getBytes(US_ASCII);
        byte[] prefixed = new byte[bytes.length + 2];
        prefixed[0] = (byte) (bytes.length >> 8);
        prefixed[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, prefixed, 2, bytes.length);
        return prefixed;
    }

    /// A clean session with a retained last will of QoS 1. All arguments but the last as [#text] gives them.
    static void connect(ByteBuf out, byte[] clientId, byte[] willTopic, byte[] will, int keepAliveSeconds) {
        out.writeByte(CONNECT);
        length(out, PROTOCOL.length + 3 + clientId.length + willTopic.length + will.length);
        out.writeBytes(PROTOCOL);
        out.writeByte(CLEAN_SESSION | WILL | WILL_QOS_1 | WILL_RETAIN);
        out.writeShort(keepAliveSeconds);
        out.writeBytes(clientId).writeBytes(willTopic).writeBytes(will);
    }

    /// QoS 1 when there is a packet id, QoS 0 when it is 0.
    ///
    /// @param topic as [#text] gives it
    /// @param payload its readable bytes; left as it is
    static void publish(ByteBuf out, byte[] topic, int packetId, ByteBuf payload) {
        boolean isAcked = packetId != 0;
        int size = payload.readableBytes();
        out.writeByte(isAcked ? PUBLISH | QOS_1 : PUBLISH);
        length(out, topic.length + (isAcked ? 2 : 0) + size);
        out.writeBytes(topic);
        if (isAcked) {
            out.writeShort(packetId);
        }
        out.writeBytes(payload, payload.readerIndex(), size);
    }

    /// Retained, QoS 0.
    static void publishRetained(ByteBuf out, byte[] topic, byte[] payload) {
        out.writeByte(PUBLISH | RETAIN);
        length(out, topic.length + payload.length);
        out.writeBytes(topic).writeBytes(payload);
    }

    /// An upper bound for the size of a publish packet.
    static int publishCapacity(byte[] topic, int payloadSize) {
        return 7 + topic.length + payloadSize;
    }

    /// Where the payload of a publish packet with QoS 1 begins.
    static int payloadStart(ByteBuf publish, byte[] topic) {
        int index = 1;
        while ((publish.getByte(index) & 0x80) != 0) {
            index++;
        }
        return index + 1 + topic.length + 2;
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

    private static void length(ByteBuf out, int remaining) {
        int rest = remaining;
        while (rest > 0x7F) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
