package io.telltale.server.bench;

import java.time.Duration;

/// What can be measured. Each is a whole run: generator, server, ClickHouse and one open page on this machine.
public enum Benchmark {
    /// Sustained load through the listener.
    INGEST(20_000, 2_000, Duration.ofMinutes(5), Way.LISTENER),
    /// How fresh the page is at moderate load.
    LATENCY(5_000, 1_000, Duration.ofMinutes(1), Way.LISTENER),
    /// Sustained load through Mosquitto, with one orderly restart of Mosquitto on the way.
    LANES(10_000, 1_000, Duration.ofMinutes(5), Way.MOSQUITTO),
    /// Far more than the machine can take, and how soon all is well when it ends.
    OVERLOAD(180_000, 2_000, Duration.ofMinutes(10), Way.LISTENER),
    /// ClickHouse stands still for five eighths of the time.
    OUTAGE(5_000, 1_000, Duration.ofMinutes(8), Way.LISTENER),
    /// A flapping device and one that sends without measure, and what the others notice.
    NEIGHBOURS(5_000, 1_000, Duration.ofMinutes(1), Way.LISTENER),
    /// A browser that does not read, and what the devices notice.
    STALLED_PAGE(5_000, 1_000, Duration.ofMinutes(1), Way.LISTENER),
    /// The server is restarted under load; all devices come back at once.
    RESTART(10_000, 10_000, Duration.ofMinutes(2), Way.LISTENER),
    /// Charts while 50,000 points come in each second, and bytes on the disk.
    STORAGE(16_667, 2_000, Duration.ofMinutes(5), Way.LISTENER),
    /// A million devices, a message a minute each.
    MEMORY(16_667, 1_000_000, Duration.ofMinutes(5), Way.LISTENER),
    /// As many connections as the system lets a process open, nearly: mostly they are silent.
    CONNECTIONS(1, 19_000, Duration.ofMinutes(1), Way.LISTENER),
    /// Devices that come and go: passivation and rehydration.
    PASSIVATION(10_000, 300_000, Duration.ofSeconds(30), Way.LISTENER);

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

    Trouble trouble() {
        return switch (this) {
            case INGEST, LATENCY -> Trouble.NONE;
            case LANES -> new BrokerRestart();
            case OVERLOAD -> new Overload();
            case OUTAGE -> new StoreOutage();
            case NEIGHBOURS -> new Neighbours();
            case STALLED_PAGE -> new StalledPage();
            case RESTART -> new ServerRestart();
            case STORAGE -> new Charts();
            case MEMORY -> new Crowd();
            case CONNECTIONS -> new Connected();
            case PASSIVATION -> new ComeAndGo();
        };
    }
}
