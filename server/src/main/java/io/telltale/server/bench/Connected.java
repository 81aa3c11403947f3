package io.telltale.server.bench;

import io.telltale.server.trial.ProcessSampler;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Very many connections that hardly say anything: what one of them takes in memory.
final class Connected implements Trouble {
    private static final double AT = 0.8;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        double before = ProcessSampler.collectedHeapBytes();
        TimeUnit.MILLISECONDS.sleep((long) (AT * stage.load().duration().toMillis()));
        double connections = stage.metric("telltale_gateway_connections");
        double heap = ProcessSampler.collectedHeapBytes() - before;
        double direct = stage.metric("telltale_gateway_buffers_bytes");
        stage.fleet().await();
        return Map.of(
                "connections", connections,
                "heapBytesPerConnection", heap / connections,
                "bufferBytesPerConnection", direct / connections);
    }
}
