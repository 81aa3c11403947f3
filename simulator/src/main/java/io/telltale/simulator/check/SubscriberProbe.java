package io.telltale.simulator.check;

import io.netty.buffer.ByteBuf;
import io.telltale.simulator.mqtt.Subscriber;
import io.telltale.simulator.scenario.DeviceType;
import io.telltale.simulator.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// An MQTT subscriber beside the devices, at whatever server they publish to: measures how old each message is
/// on its arrival. It takes the first 13 digits in a row for the event time, in whole milliseconds.
/// Thread-safe.
public final class SubscriberProbe implements AutoCloseable {
    private static final int DIGITS = 13;
    private static final long HIGHEST_MICROS = 3_600_000_000L;

    private final Histogram micros = new ConcurrentHistogram(HIGHEST_MICROS, 3);
    private final CompletableFuture<Subscriber> subscriber;
    private final LongUnaryOperator ageMicros;

    /// Blocks until the server has confirmed.
    ///
    /// @param ageMicros how long ago, now, a message with this event time was meant to be sent
    /// @throws IllegalStateException if it cannot subscribe
    public SubscriberProbe(Scenario scenario, LongUnaryOperator ageMicros) {
        this.ageMicros = ageMicros;
        var filters = scenario.types().stream()
                .map(SubscriberProbe::filter)
                .distinct()
                .toList();
        this.subscriber = Subscriber.subscribe(scenario.server(), filters, this::take);
        subscriber
                .handle((some, failure) -> {
                    if (failure != null) {
                        throw new IllegalStateException(failure.getMessage(), failure);
                    }
                    return some;
                })
                .join();
    }

    /// The topics of all devices of a type: what differs between them is `+`.
    static String filter(DeviceType type) {
        return String.join(
                "/",
                List.of(type.topic().split("/")).stream()
                        .map(level -> level.indexOf('{') >= 0 ? "+" : level)
                        .toList());
    }

    private void take(ByteBuf payload) {
        long millis = firstTime(payload);
        if (millis > 0) {
            micros.recordValue(Math.clamp(ageMicros.applyAsLong(millis), 0, HIGHEST_MICROS));
        }
    }

    static long firstTime(ByteBuf payload) {
        int run = 0;
        long number = 0;
        for (int i = payload.readerIndex(); i < payload.writerIndex(); i++) {
            int digit = payload.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                run = 0;
                number = 0;
            } else {
                number = number * 10 + digit;
                if (++run == DIGITS) {
                    return number;
                }
            }
        }
        return -1;
    }

    /// How many messages with a time have come.
    long count() {
        return micros.getTotalCount();
    }

    /// All of them so far.
    Histogram histogram() {
        return micros.copy();
    }

    @Override
    public void close() {
        subscriber.thenAccept(Subscriber::close);
    }
}
