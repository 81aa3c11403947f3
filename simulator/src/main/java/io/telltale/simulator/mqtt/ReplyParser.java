package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBuf;

/// Reads what a server says to a publishing device, however TCP cuts it. Keeps a few numbers instead of bytes,
/// but for the one CONNACK. MQTT 3.1.1 and 5: a longer CONNACK or PUBACK is one of version 5.
final class ReplyParser {
    /// What is told, in the order of arrival.
    interface Replies {
        /// @param code 0 when the connection is accepted
        /// @param receiveMaximum how many messages may wait for their PUBACK
        void connected(int code, int receiveMaximum);

        /// @param reason 0x80 and above when the server did not take the message
        void published(int packetId, int reason);

        void ponged();

        /// The bytes are no MQTT; nothing after them makes sense.
        void malformed();
    }

    private enum Part {
        HEADER,
        LENGTH,
        BODY
    }

    private static final int MAX_LENGTH_SHIFT = 21;
    private static final int MAX_CONNACK = 4_096;
    private static final byte[] NONE = {};

    private final Replies replies;
    private Part part = Part.HEADER;
    private int type;
    private int length;
    private int shift;
    private int read;
    private int firstTwoBytes;
    private int thirdByte;
    private byte[] connack = NONE;

    ReplyParser(Replies replies) {
        this.replies = replies;
    }

    void feed(ByteBuf in) {
        while (in.isReadable()) {
            int octet = in.readUnsignedByte();
            switch (part) {
                case HEADER -> begin(octet);
                case LENGTH -> {
                    if (shift > MAX_LENGTH_SHIFT) {
                        replies.malformed();
                        return;
                    }
                    length |= (octet & 0x7F) << shift;
                    shift += 7;
                    if ((octet & 0x80) == 0) {
                        part = Part.BODY;
                        beginBody();
                        endWhenComplete();
                    }
                }
                case BODY -> {
                    take(octet);
                    endWhenComplete();
                }
            }
        }
    }

    private void begin(int octet) {
        type = octet & 0xF0;
        length = 0;
        shift = 0;
        read = 0;
        firstTwoBytes = 0;
        thirdByte = 0;
        part = Part.LENGTH;
    }

    private void beginBody() {
        if (type == Packets.CONNACK) {
            connack = new byte[Math.min(length, MAX_CONNACK)];
        }
    }

    private void take(int octet) {
        if (read < 2) {
            firstTwoBytes = (firstTwoBytes << 8) | octet;
        } else if (read == 2) {
            thirdByte = octet;
        }
        if (type == Packets.CONNACK && read < connack.length) {
            connack[read] = (byte) octet;
        }
        read++;
    }

    private void endWhenComplete() {
        if (read < length) {
            return;
        }
        part = Part.HEADER;
        switch (type) {
            case Packets.CONNACK -> {
                replies.connected(firstTwoBytes & 0xFF, ConnackProperties.receiveMaximum(connack));
                connack = NONE;
            }
            case Packets.PUBACK -> replies.published(firstTwoBytes, thirdByte);
            case Packets.PINGRESP -> replies.ponged();
            default -> {
                // A server has nothing else to say to a client without subscriptions.
            }
        }
    }
}
