package io.telltale.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The fleet is the overload. A few quiet devices stay on when it has gone: the page watches those.
final class Overload implements Trouble {
    private static final int PROBES = 100;
    private static final Duration AFTER = Duration.ofSeconds(60);
    private static final long WELL_MILLIS = 1000;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        var duration = stage.load().duration();
        var probes =
                stage.send(new Load(PROBES, PROBES, duration.plus(AFTER)), List.of("--first=" + Stage.PROBES_FROM));
        stage.fleet().await();
        long endMillis = stage.nowMillis();
        probes.await();
        return Map.of("recoverySeconds", stage.page().log().secondsUntilYounger(WELL_MILLIS, endMillis));
    }

    @Override
    public boolean isSeenByProbes() {
        return true;
    }
}
