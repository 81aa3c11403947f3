package io.telltale.gateway.listener;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One device's connection: what comes in and what is said to it. Runs on its channel's thread; the methods
/// for any thread say so.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    /// Sockets beyond the greatest number of connections, so that those can be told that they are too many.
    private static final int SPARE_SOCKETS = 1024;
    private static final int LAST_WORD_SECONDS = 5;

    private final Shared shared;
    private final Channel channel;
    private final InFlight inFlight;
    private final TopicAliases aliases = new TopicAliases();
    private final Stay stay;

    Connection(Shared shared, Channel channel) {
        this.shared = shared;
        this.channel = channel;
        this.inFlight = new InFlight(shared, channel);
        this.stay = new Stay(shared, channel, inFlight, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (shared.connections().size() >= shared.settings().maxConnections() + SPARE_SOCKETS) {
            shared.meters().refused("sockets");
            channel.close();
            return;
        }
        shared.connections().add(this);
        inFlight.resumeIfAllowed();
        stay.expect();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            read((MqttMessage) message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        inFlight.endBurst();
    }

    private void read(MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            refuse(message.decoderResult().cause());
        } else if (stay.isWelcome()) {
            switch (message.fixedHeader().messageType()) {
                case PUBLISH -> publish((MqttPublishMessage) message);
                case PUBREL -> release(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
                case PINGREQ -> channel.writeAndFlush(MqttMessage.PINGRESP, channel.voidPromise());
                case SUBSCRIBE ->
                    channel.writeAndFlush(Replies.subscriptionsRefused((MqttSubscribeMessage) message, stay.isMqtt5()));
                case UNSUBSCRIBE -> channel.writeAndFlush(Replies.unsubscribed((MqttUnsubscribeMessage) message));
                case DISCONNECT -> {
                    stay.sayGoodbye(message);
                    channel.close();
                }
                case CONNECT, CONNACK, PUBACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                    disconnect(Disconnect.PROTOCOL_ERROR);
            }
        } else if (!stay.isAccepted()) {
            if (message instanceof MqttConnectMessage connect) {
                stay.connect(connect);
            } else {
                channel.close();
            }
        }
    }

    private void refuse(Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            shared.meters().oversizePacket();
            disconnect(Disconnect.PACKET_TOO_LARGE);
            return;
        }
        shared.meters().malformedPacket();
        if (cause instanceof MqttUnacceptableProtocolVersionException) {
            stay.refuse(new Handshake.Refused(
                    MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "version"));
        } else if (cause instanceof MqttIdentifierRejectedException) {
            stay.refuse(
                    new Handshake.Refused(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, "client-id"));
        } else {
            disconnect(Disconnect.MALFORMED_PACKET);
        }
    }

    private void publish(MqttPublishMessage publish) {
        var header = publish.variableHeader();
        var topic = topic(header.topicName(), header.properties());
        if (topic == null) {
            return;
        }
        int qos = publish.fixedHeader().qosLevel().value();
        if (qos == 0 && !shared.window().isOpen()) {
            shared.meters().shed();
        } else if (qos == 2 && inFlight.isStored(header.packetId())) {
            inFlight.addStored(header.packetId());
        } else {
            var payload = ByteBufUtil.getBytes(publish.payload());
            inFlight.add(shared.reception().receive(topic, payload, qos), qos, header.packetId());
        }
    }

    private @Nullable String topic(String name, MqttProperties properties) {
        if (!(properties.getProperty(MqttProperties.TOPIC_ALIAS) instanceof MqttProperties.IntegerProperty alias)) {
            return name;
        }
        if (!TopicAliases.isAllowed(alias.value())) {
            disconnect(Disconnect.TOPIC_ALIAS_INVALID);
            return null;
        }
        var topic = aliases.resolve(alias.value(), name);
        if (topic == null) {
            disconnect(Disconnect.PROTOCOL_ERROR);
        }
        return topic;
    }

    private void release(int packetId) {
        boolean isKnown = inFlight.release(packetId);
        var reply = channel.alloc().ioBuffer(Replies.ACK_LENGTH + 1);
        Replies.pubcomp(reply, packetId, isKnown, stay.isMqtt5());
        channel.writeAndFlush(reply, channel.voidPromise());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // A connection that we do not read cannot show us that it lives, unless it is not read because it does not
        // read.
        if (event instanceof IdleStateEvent && (!inFlight.wasPaused() || !channel.isWritable())) {
            disconnect(Disconnect.KEEP_ALIVE_TIMEOUT);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        inFlight.resumeIfAllowed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            log.debug("connection of {} lost: {}", channel.remoteAddress(), cause.toString());
        } else {
            log.warn("connection of {} closed by an error of ours", channel.remoteAddress(), cause);
        }
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // Not before: when the line fails, what it took from us and never acks must leave the window.
        inFlight.end(() -> shared.connections().remove(this));
        stay.leave();
    }

    /// Any thread. Another connection has its client id now.
    ///
    /// @param isResumed the other goes on with its session: a will that may wait is not said
    /// @return completes when its last word is on the line
    CompletableFuture<Void> replace(boolean isResumed) {
        var gone = new CompletableFuture<Void>();
        channel.eventLoop().execute(() -> {
            stay.giveWay(isResumed);
            disconnect(Disconnect.SESSION_TAKEN_OVER);
            channel.closeFuture().addListener(_ -> channel.eventLoop().execute(() -> gone.complete(null)));
        });
        return gone;
    }

    /// Any thread. The line is there.
    void resume() {
        channel.eventLoop().execute(inFlight::resumeIfAllowed);
    }

    /// Any thread. The line failed: the device must come again and send again. It is we who go, so its will is not
    /// said.
    void abandon() {
        channel.eventLoop().execute(() -> {
            inFlight.abandon();
            stay.dropWill();
            disconnect(Disconnect.SERVER_BUSY);
        });
    }

    /// Any thread. Takes in nothing more, but stays to ack.
    CompletableFuture<Void> stopReading() {
        return CompletableFuture.runAsync(inFlight::hold, channel.eventLoop());
    }

    /// Any thread. Acks that were given before are out before.
    CompletableFuture<Void> shutDown() {
        var gone = new CompletableFuture<Void>();
        channel.closeFuture().addListener(_ -> gone.complete(null));
        channel.eventLoop().execute(() -> {
            stay.dropWill();
            disconnect(Disconnect.SERVER_SHUTTING_DOWN);
        });
        return gone;
    }

    private void disconnect(Disconnect reason) {
        if (stay.isMqtt5()) {
            closeAfter(Replies.disconnect(reason));
        } else {
            channel.close();
        }
    }

    /// Takes in nothing more, and closes when that is said.
    void closeAfter(MqttMessage lastWord) {
        inFlight.hold();
        channel.writeAndFlush(lastWord).addListener(ChannelFutureListener.CLOSE);
        // A device that does not read must not keep us.
        channel.eventLoop().schedule(() -> channel.close(), LAST_WORD_SECONDS, TimeUnit.SECONDS);
    }
}
