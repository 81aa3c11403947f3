package io.telltale.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A load alone, and the same load beside somebody.
final class Compared {
    private Compared() {}

    @FunctionalInterface
    interface Beside {
        List<AutoCloseable> begin() throws IOException;
    }

    static Map<String, Double> run(Stage stage, Beside beside) throws IOException, InterruptedException {
        var alone = stage.fleet().await();
        var others = beside.begin();
        try {
            var together =
                    stage.send(stage.load(), Trouble.eachByItself(stage.load())).await();
            var found = new TreeMap<String, Double>();
            for (String quantile : List.of("p50", "p99")) {
                double before = alone.ackMillis().getOrDefault(quantile, 0.0);
                double with = together.ackMillis().getOrDefault(quantile, 0.0);
                found.put(quantile + "AloneMillis", before);
                found.put(quantile + "BesideMillis", with);
                found.put(quantile + "Ratio", with / before);
            }
            found.put("messagesPerSecondAlone", alone.messagesPerSecond());
            found.put("messagesPerSecondBeside", together.messagesPerSecond());
            return found;
        } finally {
            for (AutoCloseable other : others) {
                close(other);
            }
        }
    }

    private static void close(AutoCloseable other) throws IOException {
        try {
            other.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // the signature of AutoCloseable
            throw new IOException(e);
        }
    }
}
