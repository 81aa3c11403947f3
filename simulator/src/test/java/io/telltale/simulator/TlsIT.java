package io.telltale.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.TestServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsIT {
    private static final String SECRET = "secret";

    @TempDir
    Path directory;

    @BeforeEach
    void make_a_certificate() throws Exception {
        keytool("-genkeypair -alias server -keyalg EC -dname CN=server -ext san=ip:127.0.0.1 -validity 2");
        keytool("-exportcert -alias server -rfc -file " + directory.resolve("server.pem"));
    }

    @Test
    void credentials_and_messages_go_encrypted_to_a_server_that_is_trusted() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK, sockets())) {
            int code = simulate(
                    server.port(), "--trust", directory.resolve("server.pem").toString());

            assertThat(code).isZero();
            assertThat(server.telemetry()).hasSize(10);
            assertThat(server.connects()).singleElement().asString().endsWith("\0\014meter-000001\0\004word");
        }
    }

    @Test
    void any_certificate_will_do_when_so_asked() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK, sockets())) {
            assertThat(simulate(server.port(), "--any-certificate")).isZero();
        }
    }

    @Test
    void a_server_that_is_not_trusted_gets_nothing() throws Exception {
        try (var server = new TestServer(publish -> Answer.ACK, sockets())) {
            assertThat(simulate(server.port(), "--tls")).isEqualTo(2);
            assertThat(server.connects()).isEmpty();
        }
    }

    @Test
    void a_server_that_asks_who_we_are_is_shown_a_certificate() throws Exception {
        writeOwnKey(directory.resolve("own.key"));
        var context = context();
        try (var server = new TestServer(publish -> Answer.ACK, new Asking(context.getServerSocketFactory()))) {
            assertThat(simulate(server.port(), "--any-certificate")).isEqualTo(2);
            assertThat(server.connects()).isEmpty();

            assertThat(simulate(
                            server.port(),
                            "--any-certificate",
                            "--certificate=" + directory.resolve("server.pem"),
                            "--key=" + directory.resolve("own.key")))
                    .isZero();
            assertThat(server.telemetry()).hasSize(10);
        }
    }

    /// Sockets that want a certificate of the other side.
    private static final class Asking extends ServerSocketFactory {
        private final ServerSocketFactory plain;

        Asking(ServerSocketFactory plain) {
            this.plain = plain;
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            return asking(plain.createServerSocket(port));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return asking(plain.createServerSocket(port, backlog));
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return asking(plain.createServerSocket(port, backlog, address));
        }

        private static ServerSocket asking(ServerSocket socket) {
            ((SSLServerSocket) socket).setNeedClientAuth(true);
            return socket;
        }
    }

    private int simulate(int port, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "--quiet", "--port=" + port, "--devices=1", "--rate=20", "--duration=500ms", "--connect-timeout=2s"));
        arguments.addAll(List.of(
                "--user={device}", "--password-file=" + Files.writeString(directory.resolve("password"), "word\n")));
        arguments.addAll(List.of(more));
        return Simulate.commandLine().execute(arguments.toArray(String[]::new));
    }

    private ServerSocketFactory sockets() throws Exception {
        return context().getServerSocketFactory();
    }

    private KeyStore keys() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store())) {
            keys.load(in, SECRET.toCharArray());
        }
        return keys;
    }

    private void writeOwnKey(Path file) throws Exception {
        var bytes = keys().getKey("server", SECRET.toCharArray()).getEncoded();
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(bytes)));
    }

    private SSLContext context() throws Exception {
        var keys = keys();
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SECRET.toCharArray());
        var context = SSLContext.getInstance("TLS");
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private Path store() {
        return directory.resolve("server.p12");
    }

    private void keytool(String arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", SECRET));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }
}
