package io.telltale.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.util.Collections;

/// What we say to a device. Acks are written as bytes: there is one per message, and an object each would cost more
/// than its four bytes.
final class Replies {
    static final int ACK_LENGTH = 4;
    private static final int PUBACK = 0x40;
    private static final int PUBREC = 0x50;
    private static final int PUBCOMP = 0x70;
    private static final int PACKET_ID_NOT_FOUND = 0x92;
    private static final int SUBSCRIPTION_FAILED = 0x80;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final short NO_SUBSCRIPTION_EXISTED = 0x11;

    private Replies() {}

    static void puback(ByteBuf to, int packetId) {
        ack(to, PUBACK, packetId);
    }

    static void pubrec(ByteBuf to, int packetId) {
        ack(to, PUBREC, packetId);
    }

    static void pubcomp(ByteBuf to, int packetId, boolean isKnown, boolean isMqtt5) {
        if (isKnown || !isMqtt5) {
            ack(to, PUBCOMP, packetId);
        } else {
            to.writeByte(PUBCOMP).writeByte(3).writeShort(packetId).writeByte(PACKET_ID_NOT_FOUND);
        }
    }

    private static void ack(ByteBuf to, int type, int packetId) {
        to.writeInt(type << 24 | 2 << 16 | packetId);
    }

    static MqttConnAckMessage refusal(MqttConnectReturnCode code) {
        return MqttMessageBuilders.connAck().returnCode(code).build();
    }

    static MqttConnAckMessage welcome(
            Handshake.Accepted accepted, boolean isSessionPresent, int receiveMaximum, int maxPacketBytes) {
        var properties = new MqttProperties();
        if (accepted.isMqtt5()) {
            properties.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, receiveMaximum));
            properties.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, maxPacketBytes));
            properties.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS_MAXIMUM, TopicAliases.MAXIMUM));
            properties.add(new IntegerProperty(MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 0));
            properties.add(new IntegerProperty(MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0));
            properties.add(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0));
            if (accepted.isAssigned()) {
                properties.add(new StringProperty(MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, accepted.clientId()));
            }
        }
        return MqttMessageBuilders.connAck()
                .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(isSessionPresent)
                .properties(properties)
                .build();
    }

    /// There is nothing here to subscribe to.
    static MqttSubAckMessage subscriptionsRefused(MqttSubscribeMessage subscribe, boolean isMqtt5) {
        int filters = subscribe.payload().topicSubscriptions().size();
        return new MqttSubAckMessage(
                header(MqttMessageType.SUBACK),
                id(subscribe.variableHeader().messageId()),
                new MqttSubAckPayload(Collections.nCopies(filters, isMqtt5 ? NOT_AUTHORIZED : SUBSCRIPTION_FAILED)));
    }

    static MqttUnsubAckMessage unsubscribed(MqttUnsubscribeMessage unsubscribe) {
        int filters = unsubscribe.payload().topics().size();
        return new MqttUnsubAckMessage(
                header(MqttMessageType.UNSUBACK),
                id(unsubscribe.variableHeader().messageId()),
                new MqttUnsubAckPayload(Collections.nCopies(filters, NO_SUBSCRIPTION_EXISTED)));
    }

    static MqttMessage disconnect(MqttReasonCodes.Disconnect reason) {
        return MqttMessageBuilders.disconnect().reasonCode(reason.byteValue()).build();
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    private static MqttMessageIdAndPropertiesVariableHeader id(int messageId) {
        return new MqttMessageIdAndPropertiesVariableHeader(messageId, MqttProperties.NO_PROPERTIES);
    }
}
