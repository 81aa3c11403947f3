package io.telltale.dashboard.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Where to listen, who may ask and how much.
///
/// @param port 0 for any free one
/// @param credentials demanded of everybody when present
/// @param allowedHosts names beyond loopback's own that a request may call a loopback server by, in lower case
/// @param webRoot classpath resource folder of the web app, e.g. `/web`
/// @param maxQueries asked of the store at once
/// @param queryTimeout how long the store may take to answer
public record HttpSettings(
        String host,
        int port,
        Optional<Credentials> credentials,
        Set<String> allowedHosts,
        String webRoot,
        int maxQueries,
        Duration queryTimeout,
        Replay replay) {

    /// @param maxLetters in one request
    /// @param timeout how long a request waits for its end
    public record Replay(int maxLetters, Duration timeout) {}

    public HttpSettings {
        allowedHosts = Set.copyOf(allowedHosts);
        if (credentials.isEmpty() && !isLoopback(host)) {
            throw new IllegalArgumentException("telltale.dashboard.http.host: expected a loopback address, got " + host
                    + "; to listen there set telltale.dashboard.http.user and telltale.dashboard.http.password");
        }
    }

    /// HTTP Basic.
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user + ":(secret)";
        }
    }

    boolean isLoopback() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "telltale.dashboard.http.host: expected a name or address of this machine, got " + host, unknown);
        }
    }
}
