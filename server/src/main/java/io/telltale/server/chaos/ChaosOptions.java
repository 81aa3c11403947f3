package io.telltale.server.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What a run is to be like.
///
/// @param seed of everything that is said and done
/// @param messages of the whole fleet, spread over the duration
/// @param kills of servers, stores and brokers together
/// @param lateBy how late late points are at least; zero for none
/// @param home where the launcher lives
/// @param sets settings of the server, as `key=value`
public record ChaosOptions(
        long seed,
        Duration duration,
        int devices,
        int messages,
        int kills,
        Duration lateBy,
        Path home,
        List<String> sets) {
    public ChaosOptions {
        sets = List.copyOf(sets);
        require("devices", devices, 1, 10_000);
        require("messages", messages, devices, 100_000_000);
        require("kills", kills, 0, 10_000);
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("--" + name + ": expected " + min + " to " + max + ", got " + value);
        }
    }
}
