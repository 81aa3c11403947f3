package io.telltale.gateway.listener;

/// The listener's port is in use by somebody else.
public final class PortTaken extends IllegalStateException {
    PortTaken(String host, int port, Throwable cause) {
        super("telltale.gateway.mqtt.port: " + port + " on " + host + " is already in use", cause);
    }
}
