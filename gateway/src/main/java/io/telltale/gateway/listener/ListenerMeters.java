package io.telltale.gateway.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.concurrent.atomic.AtomicInteger;

/// What the listener counts beside its deliveries.
final class ListenerMeters {
    private final MeterRegistry registry;
    private final Counter oversizePackets;
    private final Counter malformedPackets;
    private final Counter takeovers;
    private final Counter shed;
    private final AtomicInteger pausedConnections = new AtomicInteger();

    ListenerMeters(MeterRegistry registry, String door, Window window, Sessions<?> sessions) {
        this.registry = registry;
        this.oversizePackets = registry.counter("telltale.gateway.packets.oversize");
        this.malformedPackets = registry.counter("telltale.gateway.packets.malformed");
        this.takeovers = registry.counter("telltale.gateway.takeovers");
        this.shed = registry.counter("telltale.gateway.shed", "reason", "window-full");
        registry.gauge("telltale.gateway.connections", sessions, Sessions::present);
        registry.gauge("telltale.gateway.sessions.away", sessions, Sessions::away);
        registry.gauge("telltale.gateway.connections.paused", pausedConnections);
        registry.gauge("telltale.gateway.buffers.bytes", ByteBufAllocator.DEFAULT, ListenerMeters::bufferBytes);
        registry.gauge("telltale.gateway.deliveries.in.flight", Tags.of("door", door), window, Window::inFlight);
    }

    /// What all connections' packets lie in, outside the heap and on it.
    private static double bufferBytes(ByteBufAllocator allocator) {
        return allocator instanceof ByteBufAllocatorMetricProvider provider
                ? (double) provider.metric().usedDirectMemory()
                        + provider.metric().usedHeapMemory()
                : 0;
    }

    /// @param reason one of a few fixed words
    void refused(String reason) {
        registry.counter("telltale.gateway.connects.refused", "reason", reason).increment();
    }

    void oversizePacket() {
        oversizePackets.increment();
    }

    void malformedPacket() {
        malformedPackets.increment();
    }

    void takeover() {
        takeovers.increment();
    }

    /// A message with QoS 0, and therefore without an ack, came while the window of all was full.
    void shed() {
        shed.increment();
    }

    void paused() {
        pausedConnections.incrementAndGet();
    }

    void resumed() {
        pausedConnections.decrementAndGet();
    }
}
