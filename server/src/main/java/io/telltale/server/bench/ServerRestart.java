package io.telltale.server.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// The server ends and comes back at the same ports. Every device connects anew and is recovered from the store.
final class ServerRestart implements Trouble {
    private static final double AT = 0.4;
    private static final long WELL_MILLIS = 1000;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (AT * stage.load().duration().toMillis()));
        long downMillis = stage.nowMillis();
        stage.restartServer();
        long upMillis = stage.nowMillis();
        stage.fleet().await();
        var found = new TreeMap<String, Double>();
        found.put("downSeconds", (upMillis - downMillis) / 1000.0);
        found.put("recoverySeconds", stage.page().log().secondsUntilYounger(WELL_MILLIS, upMillis));
        found.put(
                "secondsUntilFullRate",
                stage.page().log().secondsUntilRate(stage.load().messagesPerSecond(), upMillis));
        return found;
    }
}
