package io.telltale.simulator.mqtt;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.telltale.simulator.scenario.Server;
import javax.net.ssl.SSLException;

/// Encrypts connections. One for all of them: it remembers sessions, which makes reconnects cheap. Thread-safe.
public final class TlsContext {
    private final SslContext context;

    private TlsContext(SslContext context) {
        this.context = context;
    }

    /// @throws IllegalArgumentException if a certificate or a key cannot be read
    public static TlsContext of(Server.Tls tls) {
        try {
            var builder = SslContextBuilder.forClient();
            if (tls.anyCertificate()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
            } else {
                tls.trust().ifPresent(file -> builder.trustManager(file.toFile()));
            }
            tls.own()
                    .ifPresent(own ->
                            builder.keyManager(own.chain().toFile(), own.key().toFile()));
            return new TlsContext(builder.build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("tls: " + e.getMessage(), e);
        }
    }

    ChannelHandler handler(ByteBufAllocator allocator, Server server) {
        return context.newHandler(allocator, server.host(), server.port());
    }
}
