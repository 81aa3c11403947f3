package io.telltale.simulator.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the devices connect to, and with what.
///
/// @param user pattern as a device's id; may hold `{device}`
/// @param sources addresses of this machine to connect from in turn: one address has ports for some 28,000
/// connections only; empty: the system chooses
/// @param connectsAtATime how many handshakes may be under way
public record Server(
        String host,
        int port,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Tls> tls,
        List<String> sources,
        int connectsAtATime) {
    private static final int CONNECTS_AT_A_TIME = 200;

    /// @param trust PEM file with the certificates to trust; empty: what Java trusts
    /// @param anyCertificate trust everybody
    /// @param own who we are, to servers that ask for it
    public record Tls(Optional<Path> trust, boolean anyCertificate, Optional<Certificate> own) {
        static Tls read(Section in) {
            var chain = in.file("certificate");
            var key = in.file("key");
            if (chain.isPresent() != key.isPresent()) {
                throw in.refusal(chain.isPresent() ? "key" : "certificate", "certificate and key together");
            }
            return new Tls(
                    in.file("trust"), in.flag("any-certificate"), chain.map(file -> new Certificate(file, key.get())));
        }
    }

    /// A certificate of ours.
    ///
    /// @param chain PEM file, our own certificate first
    /// @param key PEM file with its private key, not encrypted (PKCS 8)
    public record Certificate(Path chain, Path key) {}

    public static final Server LOCAL = new Server(
            "127.0.0.1", 1883, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), CONNECTS_AT_A_TIME);

    public Server {
        sources = List.copyOf(sources);
        require(!host.isBlank(), "--host: expected a name or address, got nothing");
        // Not repeated: what stands before an @ may be a password.
        require(
                host.indexOf('@') < 0 && host.indexOf('/') < 0,
                "--host: expected a name or address alone, got an @ or / in it; credentials are --user, --password-file");
        require(port >= 1 && port <= 65_535, "--port: expected 1 to 65535, got " + port);
        require(password.isEmpty() || user.isPresent(), "password: expected a user (--user) with it, got none");
    }

    public static Server at(String host, int port) {
        return new Server(host, port, LOCAL.user, LOCAL.password, LOCAL.tls, LOCAL.sources, LOCAL.connectsAtATime);
    }

    static Server read(Section in) {
        return new Server(
                in.text("host").orElse(LOCAL.host),
                in.whole("port", LOCAL.port, 1, 65_535),
                in.text("user"),
                in.secret("password"),
                in.section("tls", Tls::read),
                in.texts("sources").orElse(List.of()),
                in.whole("connects-at-a-time", CONNECTS_AT_A_TIME, 1, 100_000));
    }

    private static void require(boolean holds, String refusal) {
        if (!holds) {
            throw new IllegalArgumentException(refusal);
        }
    }
}
