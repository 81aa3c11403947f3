package io.telltale.server.bench.peers;

import io.telltale.server.bench.ladder.Contender;
import io.telltale.server.trial.Leashed;
import io.telltale.server.trial.Mosquitto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A program that puts what it gets into a ClickHouse.
///
/// @param broker where it gets it from, if not from the devices themselves
record Storing(Leashed program, Path output, int mqttPort, Optional<Mosquitto> broker, Store store)
        implements Contender {
    private static final int VALUES_PER_MESSAGE = 3;
    private static final int LAST_WORDS = 2_000;

    static Storing start(Program program, Path directory, int mqttPort, Optional<Mosquitto> broker, Store store)
            throws IOException, InterruptedException {
        var output = directory.resolve("program.out");
        return new Storing(
                new Leashed(program.command(), program.environment(), output), output, mqttPort, broker, store);
    }

    @Override
    public long stored() throws InterruptedException {
        return store.points() / VALUES_PER_MESSAGE;
    }

    @Override
    public Map<String, Long> processes() {
        var all = new TreeMap<String, Long>();
        all.put("contender", program.pid());
        all.put("clickhouse", store.pid());
        broker.ifPresent(mosquitto -> all.put("mosquitto", mosquitto.pid()));
        return all;
    }

    @Override
    public String lastWords() {
        try {
            var all = Files.readString(output).strip();
            return all.substring(Math.max(0, all.length() - LAST_WORDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        program.close();
        broker.ifPresent(Mosquitto::close);
        store.close();
    }
}
