package io.telltale.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// What can be seen before anything is started, so that a refusal does not come after half a start.
final class Preflight {
    private Preflight() {}

    /// @throws Refusal when a port is taken. Somebody may still take it between this look and the real use.
    static void check(ServerSettings settings) {
        var mqtt = settings.gateway().mqtt();
        if (mqtt.enabled()) {
            requireFree("telltale.gateway.mqtt", mqtt.host(), mqtt.port());
        }
        var http = settings.dashboard().http();
        requireFree("telltale.dashboard.http", http.host(), http.port());
    }

    private static void requireFree(String key, String host, int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            assert socket.isBound();
        } catch (IOException e) {
            throw new Refusal(
                    "%s.port: cannot listen on %s:%d: %s; free it, or set another (0 for any)"
                            .formatted(key, host, port, e.getMessage()),
                    e);
        }
    }
}
