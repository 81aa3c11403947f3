package io.telltale.server.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The same load twice: alone, then beside a device that connects anew every second and one that sends 20,000 messages
/// a second.
final class Neighbours implements Trouble {
    private static final int MESSAGES_PER_SECOND = 20_000;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        return Compared.run(stage, () -> {
            int port = stage.server().mqttPort();
            return List.of(new FlappingDevice(port), new HastyDevice(port, MESSAGES_PER_SECOND));
        });
    }
}
