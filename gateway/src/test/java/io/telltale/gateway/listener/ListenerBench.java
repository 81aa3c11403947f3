package io.telltale.gateway.listener;

import static io.telltale.gateway.listener.RawDevice.connect;
import static io.telltale.gateway.listener.RawDevice.publish;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.Ack;
import io.telltale.gateway.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;

/// How much the listener carries: devices that always keep their window full, and a line that makes durable in groups
/// of some milliseconds. Devices and listener share the machine; prints both rate and CPU time per message.
public final class ListenerBench {
    private static final int DEVICES = 200;
    private static final int WINDOW = 100;
    private static final int SECONDS = 10;

    private ListenerBench() {}

    static void main() throws Exception {
        var system = ActorSystem.create();
        var listener = MqttListener.bind(Settings.with(""), new SimpleMeterRegistry(), InstantSource.system());
        listener.deliveries()
                .asSource()
                .groupedWithin(10_000, Duration.ofMillis(20))
                .mapConcat(group -> group)
                .map(ListenerBench::stored)
                .via(listener.acknowledge())
                .runWith(Sink.ignore(), system);
        var devices = new ArrayList<Device>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(new Device(listener.port(), "meter-" + i));
        }
        for (int round = 0; round < 3; round++) {
            long cpuBefore = cpuNanos();
            long generatorBefore = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long acks = run(devices);
            double cpuMicros = (cpuNanos() - cpuBefore) / 1e3;
            double generatorMicros =
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - generatorBefore) / 1e3;
            System.out.printf(
                    "%,d msg/s, %.2f microseconds of CPU per message, %.2f of them the devices'%n",
                    acks / SECONDS, cpuMicros / acks, generatorMicros / acks);
        }
        listener.close().toCompletableFuture().get();
        system.terminate();
    }

    private static Pair<String, Ack> stored(Pair<Inbound, Ack> delivery) {
        return Pair.create("stored", delivery.second());
    }

    private static long run(List<Device> devices) {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        long acks = 0;
        while (System.nanoTime() < end) {
            for (var device : devices) {
                acks += device.turn();
            }
        }
        return acks;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /// Sends a whole window at once, and the next when all of it is acked.
    private static final class Device {
        private final SocketChannel channel;
        private final ByteBuffer window;
        private final ByteBuffer replies = ByteBuffer.allocate(1 << 16);
        private int unacked;

        Device(int port, String name) {
            try {
                channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.write(ByteBuffer.wrap(connect(4, name, 2, 0)));
                channel.read(replies.limit(4));
                channel.configureBlocking(false);
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
            var packets = new ByteArrayOutputStream();
            for (int id = 1; id <= WINDOW; id++) {
                packets.writeBytes(
                        publish(
                                "telemetry/" + name,
                                1,
                                id,
                                "{\"ts\":1732170000000,\"values\":{\"temperature\":21.53,\"humidity\":40.2,\"pressure\":1013.25}}"));
            }
            window = ByteBuffer.wrap(packets.toByteArray());
        }

        /// @return how many acks came
        int turn() {
            try {
                int bytes = channel.read(replies.clear());
                unacked -= bytes / Replies.ACK_LENGTH;
                if (unacked == 0) {
                    channel.write(window.rewind());
                    unacked = WINDOW;
                }
                return bytes / Replies.ACK_LENGTH;
            } catch (IOException unexpected) {
                throw new UncheckedIOException(unexpected);
            }
        }
    }
}
