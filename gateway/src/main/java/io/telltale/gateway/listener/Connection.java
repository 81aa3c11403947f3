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
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One device's connection: the protocol. Runs on its channel's thread; the methods for any thread say so.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    /// Sockets beyond the greatest number of connections, so that those can be told that they are too many.
    private static final int SPARE_SOCKETS = 1024;
    private static final int LAST_WORD_SECONDS = 5;

    private final Shared shared;
    private final Channel channel;
    private final InFlight inFlight;
    private final TopicAliases aliases = new TopicAliases();
    private Handshake.@Nullable Accepted accepted;
    private @Nullable Session session;
    private @Nullable Will will;
    private Duration keepSession = Duration.ZERO;
    private boolean isReplaced;

    Connection(Shared shared, Channel channel) {
        this.shared = shared;
        this.channel = channel;
        this.inFlight = new InFlight(shared, channel);
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
        expectConnect();
    }

    private void expectConnect() {
        long deadlineMillis = shared.settings().mqtt().connectDeadline().toMillis();
        channel.eventLoop().schedule(this::giveUpWithoutConnect, deadlineMillis, TimeUnit.MILLISECONDS);
    }

    private void giveUpWithoutConnect() {
        if (accepted != null || !channel.isActive()) {
            return;
        }
        if (inFlight.isPaused()) {
            expectConnect(); // It is we who do not read.
        } else {
            shared.meters().refused("no-connect");
            channel.close();
        }
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
        } else if (accepted == null) {
            if (message instanceof MqttConnectMessage connect) {
                connect(connect);
            } else {
                channel.close();
            }
        } else if (session != null) {
            switch (message.fixedHeader().messageType()) {
                case PUBLISH -> publish((MqttPublishMessage) message);
                case PUBREL -> release(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
                case PINGREQ -> channel.writeAndFlush(MqttMessage.PINGRESP, channel.voidPromise());
                case SUBSCRIBE ->
                    channel.writeAndFlush(
                            Replies.subscriptionsRefused((MqttSubscribeMessage) message, accepted.isMqtt5()));
                case UNSUBSCRIBE -> channel.writeAndFlush(Replies.unsubscribed((MqttUnsubscribeMessage) message));
                case DISCONNECT -> disconnected(message);
                case CONNECT, CONNACK, PUBACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                    disconnect(Disconnect.PROTOCOL_ERROR);
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
            refuse(new Handshake.Refused(
                    MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION, "version"));
        } else if (cause instanceof MqttIdentifierRejectedException) {
            refuse(new Handshake.Refused(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED, "client-id"));
        } else {
            disconnect(Disconnect.MALFORMED_PACKET);
        }
    }

    private void refuse(Handshake.Refused refused) {
        shared.meters().refused(refused.reason());
        closeAfter(Replies.refusal(refused.code()));
    }

    private void connect(MqttConnectMessage connect) {
        switch (Handshake.judge(connect, shared.guard())) {
            case Handshake.Refused refused -> refuse(refused);
            case Handshake.Accepted asked
            when !shared.sessions().admits(asked.clientId(), shared.settings().maxConnections()) ->
                refuse(new Handshake.Refused(
                        asked.isMqtt5()
                                ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
                                : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE,
                        "connections"));
            case Handshake.Accepted asked -> {
                accepted = asked;
                claim(asked);
            }
        }
    }

    /// Whoever held the client id until now goes first, with its last word: what we say to the device and read from it
    /// comes after.
    private void claim(Handshake.Accepted asked) {
        inFlight.hold();
        var claim = shared.sessions()
                .claim(asked.clientId(), asked.isClean(), asked.keepSession().isPositive(), this);
        if (claim.delayedWill() != null) {
            if (claim.isResumed()) {
                claim.delayedWill().cancel();
            } else {
                claim.delayedWill().publishNow();
            }
        }
        if (claim.previous() == null) {
            welcome(asked, claim);
        } else {
            shared.meters().takeover();
            claim.previous()
                    .replace(claim.isResumed())
                    .thenRun(() -> channel.eventLoop().execute(() -> welcome(asked, claim)));
        }
    }

    private void welcome(Handshake.Accepted asked, Sessions.Claim<Connection> claim) {
        session = claim.session();
        inFlight.begin(claim.session());
        keepSession = asked.keepSession();
        if (!channel.isActive()) {
            leave(); // It went while the one before it was asked to.
            return;
        }
        will = asked.will();
        if (asked.keepAlive().isPositive()) {
            long limitMillis = asked.keepAlive().toMillis() * 3 / 2;
            channel.pipeline().addFirst(new IdleStateHandler(limitMillis, 0, 0, TimeUnit.MILLISECONDS));
        }
        channel.writeAndFlush(Replies.welcome(
                asked,
                claim.isResumed(),
                shared.settings().connectionWindow(),
                shared.settings().maxPacketBytes()));
        inFlight.letGo();
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
        } else if (qos == 2 && session != null && session.holds(header.packetId())) {
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
        boolean isKnown = session != null && session.release(packetId);
        var reply = channel.alloc().ioBuffer(Replies.ACK_LENGTH + 1);
        Replies.pubcomp(reply, packetId, isKnown, accepted != null && accepted.isMqtt5());
        channel.writeAndFlush(reply, channel.voidPromise());
    }

    private void disconnected(MqttMessage disconnect) {
        boolean isWillWanted = false;
        if (disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
            isWillWanted = header.reasonCode() == Disconnect.DISCONNECT_WITH_WILL_MESSAGE.byteValue();
            if (header.properties().getProperty(MqttProperties.SESSION_EXPIRY_INTERVAL) != null) {
                keepSession = Handshake.seconds(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL);
            }
        }
        if (!isWillWanted) {
            will = null;
        }
        channel.close();
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
        leave();
    }

    private void leave() {
        var last = will;
        will = null;
        var ended = session;
        if (ended == null) {
            return;
        }
        if (isReplaced || last == null || last.delay().isZero() || keepSession.isZero()) {
            if (last != null) {
                shared.publish(last);
            }
            shared.sessions().leave(ended, this, keepSession, null);
        } else {
            var delay = last.delay().compareTo(keepSession) < 0 ? last.delay() : keepSession;
            Runnable publish = () -> shared.publish(last);
            var timer = channel.eventLoop().schedule(publish, delay.toMillis(), TimeUnit.MILLISECONDS);
            shared.sessions().leave(ended, this, keepSession, new DelayedWill(timer, publish));
        }
    }

    /// Any thread. Another connection has its client id now.
    ///
    /// @param isResumed the other goes on with its session: a will that may wait is not said
    /// @return completes when its last word is on the line
    CompletableFuture<Void> replace(boolean isResumed) {
        var gone = new CompletableFuture<Void>();
        channel.eventLoop().execute(() -> {
            isReplaced = true;
            if (isResumed && will != null && !will.delay().isZero()) {
                will = null;
            }
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
            will = null;
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
            will = null;
            disconnect(Disconnect.SERVER_SHUTTING_DOWN);
        });
        return gone;
    }

    private void disconnect(Disconnect reason) {
        if (accepted != null && accepted.isMqtt5()) {
            closeAfter(Replies.disconnect(reason));
        } else {
            channel.close();
        }
    }

    private void closeAfter(MqttMessage lastWord) {
        inFlight.hold();
        channel.writeAndFlush(lastWord).addListener(ChannelFutureListener.CLOSE);
        // A device that does not read must not keep us.
        channel.eventLoop().schedule(() -> channel.close(), LAST_WORD_SECONDS, TimeUnit.SECONDS);
    }
}
