package io.telltale.gateway.lane;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;

/// A broker's connection that shows nothing behind the CONNACK until we have subscribed.
///
/// A broker that resumes a session sends what is unacked right behind the CONNACK. The connector asks the MQTT client
/// for manual acks only after that, from another thread, and just before it subscribes: until then the client acks by
/// itself whatever comes, before it is stored. So what comes is held back until the SUBSCRIBE goes out.
///
/// TCP asks whether the broker still lives, not the client: the client reads no answer to its own question while the
/// line stands still, and would take a broker for dead whenever the store is away for longer than a keep-alive.
///
/// It also reads in large pieces, where the client would read byte by byte.
final class HeldConnection implements NetworkModule {
    static final Set<String> SCHEMES = Set.of("held-tcp", "held-ssl");

    private static final String SCHEME_PREFIX = "held-";
    private static final int DEFAULT_PORT = 1883;
    private static final int DEFAULT_TLS_PORT = 8883;
    /// What the client expects: it looks around between two reads.
    private static final int READ_TIMEOUT_MILLIS = 1000;
    private static final int SUBSCRIBE = 0x82;
    private static final String KEEP_ALIVE = "keep-alive=";
    /// Questions without an answer after which the broker is dead.
    private static final int KEEP_ALIVE_TRIES = 3;

    private final URI address;
    private final int connectTimeoutSeconds;
    private final boolean isTls;
    private final Socket socket;
    private final CountDownLatch subscribed = new CountDownLatch(1);

    HeldConnection(URI address, int connectTimeoutSeconds) throws MqttException {
        this.address = address;
        this.connectTimeoutSeconds = connectTimeoutSeconds;
        this.isTls = "held-ssl".equals(address.getScheme());
        try {
            this.socket = (isTls ? SSLSocketFactory.getDefault() : SocketFactory.getDefault()).createSocket();
        } catch (IOException noSocket) {
            throw new MqttException(noSocket);
        }
    }

    /// The address under which the client will ask for a held connection to the broker.
    ///
    /// @param keepAlive silence after which TCP asks
    static String address(String broker, Duration keepAlive) {
        return SCHEME_PREFIX + broker + "?" + KEEP_ALIVE + Math.max(1, keepAlive.toSeconds());
    }

    private void keepAlive() throws IOException {
        int seconds = Integer.parseInt(address.getQuery().substring(KEEP_ALIVE.length()));
        socket.setKeepAlive(true);
        setIfPossible(ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
        setIfPossible(ExtendedSocketOptions.TCP_KEEPINTERVAL, Math.max(1, seconds / KEEP_ALIVE_TRIES));
        setIfPossible(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_TRIES);
    }

    private void setIfPossible(SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }

    @Override
    public void start() throws IOException {
        int port = address.getPort() > 0 ? address.getPort() : isTls ? DEFAULT_TLS_PORT : DEFAULT_PORT;
        socket.setTcpNoDelay(true);
        keepAlive();
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(connectTimeoutSeconds));
        socket.connect(
                new InetSocketAddress(address.getHost(), port), (int) TimeUnit.SECONDS.toMillis(connectTimeoutSeconds));
        if (socket instanceof SSLSocket tls) {
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
        }
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new HeldInput(socket.getInputStream(), subscribed, READ_TIMEOUT_MILLIS);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(socket.getOutputStream()) {
            // The client writes every packet with one call.
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0 && (bytes[offset] & 0xFF) == SUBSCRIBE) {
                    subscribed.countDown();
                }
                out.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void stop() throws IOException {
        subscribed.countDown();
        socket.close();
    }

    @Override
    public String getServerURI() {
        return address.toString();
    }
}
