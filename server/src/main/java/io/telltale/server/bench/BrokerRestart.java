package io.telltale.server.bench;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The broker is restarted in an orderly way.
final class BrokerRestart implements Trouble {
    private static final double AT = 0.4;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (AT * stage.load().duration().toMillis()));
        stage.broker().orElseThrow().restart();
        return Map.of();
    }
}
