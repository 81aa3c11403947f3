package io.telltale.server.bench;

import java.time.Duration;

/// What can be measured. Each is a whole run: generator, server, ClickHouse and one open page on this machine.
public enum Benchmark {
    /// Sustained load through the listener.
    INGEST(20_000, 2_000, Duration.ofMinutes(5), Way.LISTENER),
    /// How fresh the page is at moderate load.
    LATENCY(5_000, 1_000, Duration.ofMinutes(1), Way.LISTENER),
    /// Sustained load through Mosquitto and two lanes, with one orderly restart of Mosquitto on the way.
    LANES(10_000, 1_000, Duration.ofMinutes(5), Way.MOSQUITTO);

    enum Way {
        LISTENER,
        MOSQUITTO
    }

    final int messagesPerSecond;
    final int devices;
    final Duration duration;
    final Way way;

    Benchmark(int messagesPerSecond, int devices, Duration duration, Way way) {
        this.messagesPerSecond = messagesPerSecond;
        this.devices = devices;
        this.duration = duration;
        this.way = way;
    }
}
