package io.telltale.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.simulator.TestServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
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

    private static int simulate(int port, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--quiet", "--port=" + port, "--devices=1", "--rate=20", "--duration=500ms", "--connect-timeout=5s"));
        arguments.addAll(List.of("--user={device}", "--password=word"));
        arguments.addAll(List.of(more));
        return Simulate.commandLine().execute(arguments.toArray(String[]::new));
    }

    private ServerSocketFactory sockets() throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store())) {
            keys.load(in, SECRET.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SECRET.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
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
