package io.telltale.gateway;

import com.typesafe.config.Config;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// The settings under `telltale.gateway`; `reference.conf` says what each is for.
///
/// @param window messages under way per door: between the network and their ack
/// @param maxPacketBytes a greater MQTT packet closes its connection
/// @param credentials who may connect to the listener; empty: anybody
/// @param ackDeadline how long a broker's connection may take to send an ack before its lane is given up
public record GatewaySettings(
        Mqtt mqtt,
        int window,
        int connectionWindow,
        int connectionReserve,
        int maxPacketBytes,
        int maxConnections,
        int maxSessions,
        List<Credentials> credentials,
        Payload payload,
        List<String> brokers,
        int lanesPerBroker,
        Lane lane,
        Duration ackDeadline) {
    private static final String ROOT = "telltale.gateway";

    /// The listener's socket.
    ///
    /// @param port 0: any free port
    /// @param connectDeadline how long a socket may stay open without a CONNECT
    public record Mqtt(boolean enabled, String host, int port, int eventLoops, Duration connectDeadline) {}

    /// What a payload may be.
    public record Payload(int maxBytes, int maxPoints, Duration maxFuture) {}

    /// How a lane connects to its broker.
    public record Lane(
            String clientIdPrefix,
            String shareName,
            Optional<Credentials> credentials,
            Duration keepAlive,
            Duration connectDeadline) {}

    /// A user name and its password, which never shows.
    public record Credentials(String username, String password) {
        static Credentials from(Config config) {
            return new Credentials(config.getString("username"), config.getString("password"));
        }

        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    public GatewaySettings {
        credentials = List.copyOf(credentials);
        brokers = List.copyOf(brokers);
    }

    /// @param root the whole configuration
    /// @throws IllegalArgumentException naming the key, its value and what was expected
    public static GatewaySettings from(Config root) {
        var config = root.getConfig(ROOT);
        var mqtt = new Mqtt(
                config.getBoolean("mqtt.enabled"),
                config.getString("mqtt.host"),
                intWithin(config, "mqtt.port", 0, 65_535),
                intWithin(config, "mqtt.event-loops", 1, 64),
                durationWithin(config, "mqtt.connect-deadline", Duration.ofMillis(100), Duration.ofMinutes(10)));
        int maxPayloadBytes = bytesWithin(config, "max-payload", 64, 16 << 20);
        var payload = new Payload(
                maxPayloadBytes,
                intWithin(config, "max-points-per-payload", 1, 1_000_000),
                durationWithin(config, "max-future", Duration.ZERO, Duration.ofDays(365)));
        var settings = new GatewaySettings(
                mqtt,
                intWithin(config, "window", 1, 1 << 20),
                intWithin(config, "connection-window", 1, 65_535),
                intWithin(config, "connection-reserve", 0, 65_535),
                bytesWithin(config, "max-packet", maxPayloadBytes, 256 << 20),
                intWithin(config, "max-connections", 1, 1_000_000),
                intWithin(config, "max-sessions", 0, 10_000_000),
                config.getConfigList("credentials").stream()
                        .map(Credentials::from)
                        .toList(),
                payload,
                brokers(config.getStringList("brokers")),
                intWithin(config, "lanes-per-broker", 1, 64),
                lane(config),
                durationWithin(config, "ack-deadline", Duration.ofMillis(100), Duration.ofHours(1)));
        refuseOpenDoor(settings);
        return settings;
    }

    private static Lane lane(Config config) {
        var username = config.getString("lane.username");
        return new Lane(
                topicLevel(config, "lane.client-id-prefix"),
                topicLevel(config, "lane.share-name"),
                username.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Credentials(username, config.getString("lane.password"))),
                durationWithin(config, "lane.keep-alive", Duration.ofSeconds(1), Duration.ofHours(2)),
                durationWithin(config, "lane.connect-deadline", Duration.ofSeconds(1), Duration.ofMinutes(10)));
    }

    private static List<String> brokers(List<String> brokers) {
        var seen = new HashSet<String>();
        for (var broker : brokers) {
            // Not repeated: what stands before an @ may be a password.
            require(broker.indexOf('@') < 0, "brokers", "user and password in " + ROOT + ".lane", "an @");
            require(isBroker(broker), "brokers", "tcp://host:port or ssl://host:port", broker);
            require(seen.add(broker), "brokers", "every broker once", broker);
        }
        return brokers;
    }

    private static boolean isBroker(String address) {
        try {
            var uri = new URI(address);
            return ("tcp".equals(uri.getScheme()) || "ssl".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPath().isEmpty()
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static void refuseOpenDoor(GatewaySettings settings) {
        if (!settings.mqtt.enabled || !settings.credentials.isEmpty()) {
            return;
        }
        try {
            require(
                    InetAddress.getByName(settings.mqtt.host).isLoopbackAddress(),
                    "mqtt.host",
                    "a loopback address unless " + ROOT + ".credentials has at least one user",
                    settings.mqtt.host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    ROOT + ".mqtt.host: expected an address of this machine, got " + settings.mqtt.host, unknown);
        }
    }

    private static String topicLevel(Config config, String key) {
        var value = config.getString(key);
        require(value.matches("[A-Za-z0-9_.-]{1,64}"), key, "1 to 64 of A-Z a-z 0-9 _ . -", value);
        return value;
    }

    private static int intWithin(Config config, String key, int min, int max) {
        int value = config.getInt(key);
        require(value >= min && value <= max, key, min + " to " + max, value);
        return value;
    }

    private static int bytesWithin(Config config, String key, int min, int max) {
        long bytes = config.getBytes(key);
        require(bytes >= min && bytes <= max, key, min + " to " + max + " bytes", bytes);
        return (int) bytes;
    }

    private static Duration durationWithin(Config config, String key, Duration min, Duration max) {
        var value = config.getDuration(key);
        require(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, key, min + " to " + max, value);
        return value;
    }

    private static void require(boolean holds, String key, String expected, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(ROOT + "." + key + ": expected " + expected + ", got " + got);
        }
    }
}
