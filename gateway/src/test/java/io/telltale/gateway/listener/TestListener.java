package io.telltale.gateway.listener;

import static io.telltale.gateway.TestLine.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.gateway.Settings;
import io.telltale.gateway.TestLine;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.pekko.actor.ActorSystem;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A listener with a line behind it: after each test another with the usual settings takes its place.
final class TestListener implements AfterEachCallback, AfterAllCallback {
    private final ActorSystem system = ActorSystem.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private MqttListener door = bind("");
    private TestLine line = TestLine.run(door, system);

    MqttListener door() {
        return door;
    }

    TestLine line() {
        return line;
    }

    /// The line starts again, after it failed.
    void restartLine() {
        line = TestLine.run(door, system);
    }

    void reopen(String settings) throws Exception {
        await(door.close());
        meters.clear();
        door = bind(settings);
        restartLine();
    }

    MqttListener bind(String settings) {
        return MqttListener.bind(Settings.with(settings), meters, InstantSource.system());
    }

    /// A socket, and not a word said.
    RawDevice device() {
        return new RawDevice(door.port());
    }

    RawDevice connected(String clientId, boolean isClean) {
        return RawDevice.connected(door.port(), clientId, isClean);
    }

    String answerTo(byte[] packet) {
        try (var device = device().send(packet)) {
            return device.read();
        }
    }

    double gauge(String name) {
        return Objects.requireNonNull(meters.find(name).gauge(), name).value();
    }

    double count(String name, String... tags) {
        return meters.counter(name, tags).count();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        reopen("");
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        await(door.close());
        system.terminate();
        await(system.getWhenTerminated());
    }
}
