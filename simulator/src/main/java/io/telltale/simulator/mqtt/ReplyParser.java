package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBuf;

/// Reads what a server says to a publishing device, however TCP cuts it. Keeps five numbers instead of bytes.
final class ReplyParser {
    interface Replies {
        /// @param code 0 when the connection is accepted
        void connected(int code);

        void published(int packetId);

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

    private final Replies replies;
    private Part part = Part.HEADER;
    private int type;
    private int length;
    private int shift;
    private int read;
    private int firstTwoBytes;

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
                        endWhenComplete();
                    }
                }
                case BODY -> {
                    if (read < 2) {
                        firstTwoBytes = (firstTwoBytes << 8) | octet;
                    }
                    read++;
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
        part = Part.LENGTH;
    }

    private void endWhenComplete() {
        if (read < length) {
            return;
        }
        part = Part.HEADER;
        switch (type) {
            case Packets.CONNACK -> replies.connected(firstTwoBytes & 0xFF);
            case Packets.PUBACK -> replies.published(firstTwoBytes);
            case Packets.PINGRESP -> replies.ponged();
            default -> {
                // A server has nothing else to say to a client without subscriptions.
            }
        }
    }
}
