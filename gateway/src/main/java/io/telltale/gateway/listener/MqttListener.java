package io.telltale.gateway.listener;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.Ack;
import io.telltale.gateway.Door;
import io.telltale.gateway.GatewaySettings;
import io.telltale.gateway.payload.Reception;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceWithContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own MQTT endpoint, 3.1 to 5: devices connect straight to it, and its ack means stored.
///
/// No connection is read while no line runs. When the line fails every connection is closed, so that the devices come
/// back and send again what was not acked. Any thread.
public final class MqttListener implements Door {
    private static final Logger log = LoggerFactory.getLogger(MqttListener.class);
    private static final String NAME = "listener";
    private static final int BACKLOG = 1024;

    private final EventLoopGroup eventLoops;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Shared shared;
    private final Channel socket;

    private MqttListener(GatewaySettings settings, MeterRegistry meters, InstantSource clock) {
        var window = new Window(settings.window());
        var sessions = new Sessions<Connection>(settings.maxSessions(), clock);
        this.shared = new Shared(
                settings,
                new Guard(settings.credentials()),
                new Reception(NAME, settings.payload(), meters, clock),
                new Inflow(() -> connections.forEach(Connection::resume), this::abandonConnections),
                window,
                sessions,
                connections,
                new ConcurrentHashMap<>(),
                new ListenerMeters(meters, NAME, window, sessions));
        this.eventLoops = new MultiThreadIoEventLoopGroup(
                settings.mqtt().eventLoops(), new DefaultThreadFactory("mqtt-listener"), NioIoHandler.newFactory());
        this.socket = listen(settings.mqtt());
    }

    /// @throws PortTaken if somebody else listens there
    /// @throws IllegalStateException if the address cannot be listened on for another reason
    public static MqttListener bind(GatewaySettings settings, MeterRegistry meters, InstantSource clock) {
        var listener = new MqttListener(settings, meters, clock);
        log.info(
                "MQTT listener on {}:{}, {}",
                settings.mqtt().host(),
                listener.port(),
                settings.credentials().isEmpty() ? "open to anybody on this machine" : "with credentials");
        return listener;
    }

    private Channel listen(GatewaySettings.Mqtt mqtt) {
        var bootstrap = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new MqttDecoder(
                                        shared.settings().maxPacketBytes(), Handshake.MAX_CLIENT_ID_LENGTH, true))
                                .addLast(MqttEncoder.INSTANCE)
                                // Reading stops at once, and not after all that was decoded from the last bytes.
                                .addLast(new FlowControlHandler())
                                .addLast(new Connection(shared, channel));
                    }
                });
        var bound =
                bootstrap.bind(new InetSocketAddress(mqtt.host(), mqtt.port())).awaitUninterruptibly();
        if (bound.isSuccess()) {
            return bound.channel();
        }
        eventLoops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        var cause = bound.cause();
        if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
            throw new PortTaken(mqtt.host(), mqtt.port(), cause);
        }
        throw new IllegalStateException(
                "telltale.gateway.mqtt.host: cannot listen on " + mqtt.host() + ":" + mqtt.port(), cause);
    }

    /// The port it listens on; the settings' unless that was 0.
    public int port() {
        return ((InetSocketAddress) socket.localAddress()).getPort();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SourceWithContext<Inbound, Ack, NotUsed> deliveries() {
        return SourceWithContext.fromPairs(Source.fromGraph(new Deliveries(shared.inflow())));
    }

    @Override
    public <T> Flow<Pair<T, Ack>, Done, NotUsed> acknowledge() {
        return Flow.<Pair<T, Ack>>create().map(durable -> {
            ((Delivery) durable.second()).fulfil();
            return Done.getInstance();
        });
    }

    @Override
    public CompletionStage<Done> stopReading() {
        shared.inflow().close();
        return closed(socket).thenCompose(_ -> ofAll(Connection::stopReading)).thenApply(_ -> {
            shared.inflow().complete();
            return Done.getInstance();
        });
    }

    @Override
    public CompletionStage<Done> close() {
        if (eventLoops.isShuttingDown()) {
            return ended();
        }
        return stopReading().thenCompose(_ -> ofAll(Connection::shutDown)).thenCompose(_ -> {
            eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            return ended();
        });
    }

    private CompletableFuture<Done> ended() {
        var ended = new CompletableFuture<Done>();
        eventLoops.terminationFuture().addListener(_ -> ended.complete(Done.getInstance()));
        return ended;
    }

    private void abandonConnections() {
        var abandoned = List.copyOf(connections); // and not those that come back while the others are closed
        log.warn(
                "the line failed: closing {} connections so that they send again what was not acked", abandoned.size());
        abandoned.forEach(Connection::abandon);
    }

    private CompletableFuture<Void> ofAll(Function<Connection, CompletableFuture<Void>> act) {
        return CompletableFuture.allOf(connections.stream().map(act).toArray(CompletableFuture<?>[]::new));
    }

    private static CompletableFuture<Void> closed(Channel channel) {
        var closed = new CompletableFuture<Void>();
        channel.close().addListener(_ -> closed.complete(null));
        return closed;
    }
}
