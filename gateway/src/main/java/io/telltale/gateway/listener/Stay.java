package io.telltale.gateway.listener;

import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A device's stay on a connection: how it is let in under its client id, and what it leaves when it goes, a
/// session and a will. Belongs to the connection's thread.
final class Stay {
    private final Shared shared;
    private final Channel channel;
    private final InFlight inFlight;
    private final Connection connection;
    private Handshake.@Nullable Accepted accepted;
    private @Nullable Session session;
    private @Nullable Will will;
    private Duration keepSession = Duration.ZERO;
    private boolean isReplaced;

    Stay(Shared shared, Channel channel, InFlight inFlight, Connection connection) {
        this.shared = shared;
        this.channel = channel;
        this.inFlight = inFlight;
        this.connection = connection;
    }

    /// Whether its CONNECT was accepted. It may still have to wait for whoever has its client id.
    boolean isAccepted() {
        return accepted != null;
    }

    boolean isWelcome() {
        return session != null;
    }

    boolean isMqtt5() {
        return accepted != null && accepted.isMqtt5();
    }

    /// Waits for a CONNECT, but not for ever.
    void expect() {
        long deadlineMillis = shared.settings().mqtt().connectDeadline().toMillis();
        channel.eventLoop().schedule(this::giveUp, deadlineMillis, TimeUnit.MILLISECONDS);
    }

    private void giveUp() {
        if (accepted != null || !channel.isActive()) {
            return;
        }
        if (inFlight.isPaused()) {
            expect(); // It is we who do not read.
        } else {
            shared.meters().refused("no-connect");
            channel.close();
        }
    }

    void connect(MqttConnectMessage connect) {
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

    void refuse(Handshake.Refused refused) {
        shared.meters().refused(refused.reason());
        connection.closeAfter(Replies.refusal(refused.code()));
    }

    /// Whoever held the client id until now goes first, with its last word: what we say to the device and
    /// read from it comes after.
    private void claim(Handshake.Accepted asked) {
        inFlight.hold();
        var claim = shared.sessions()
                .claim(asked.clientId(), asked.isClean(), asked.keepSession().isPositive(), connection);
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

    /// The device says goodbye: usually that takes its will back.
    void sayGoodbye(MqttMessage disconnect) {
        boolean isWillWanted = false;
        if (disconnect.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
            isWillWanted = header.reasonCode() == Disconnect.DISCONNECT_WITH_WILL_MESSAGE.byteValue();
            if (header.properties().getProperty(MqttProperties.SESSION_EXPIRY_INTERVAL) != null) {
                keepSession = Handshake.seconds(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL);
            }
        }
        if (!isWillWanted) {
            dropWill();
        }
    }

    /// Nothing is to be said when the connection ends.
    void dropWill() {
        will = null;
    }

    /// Another connection has the client id now.
    ///
    /// @param isResumed the other goes on with the session: a will that may wait is not said
    void giveWay(boolean isResumed) {
        isReplaced = true;
        if (isResumed && will != null && !will.delay().isZero()) {
            dropWill();
        }
    }

    /// The connection is gone.
    void leave() {
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
            leave(ended, null);
        } else {
            var delay = last.delay().compareTo(keepSession) < 0 ? last.delay() : keepSession;
            Runnable publish = () -> shared.publish(last);
            var timer = channel.eventLoop().schedule(publish, delay.toMillis(), TimeUnit.MILLISECONDS);
            leave(ended, new DelayedWill(timer, publish));
        }
    }

    private void leave(Session ended, @Nullable DelayedWill delayed) {
        var ofOldest = shared.sessions().leave(ended, connection, keepSession, delayed);
        if (ofOldest != null) {
            ofOldest.publishNow();
        }
    }
}
