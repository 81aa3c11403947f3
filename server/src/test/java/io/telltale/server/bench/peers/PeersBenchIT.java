package io.telltale.server.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.server.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// At a rate that anybody keeps up with. Node-RED is not here: no test fetches it.
class PeersBenchIT {
    private static final int RATE = 200;
    private static final Path NOWHERE = Path.of("nowhere");

    @Test
    void what_is_sent_to_a_plain_program_or_a_bare_door_is_found_behind_it() throws Exception {
        var results = run(Peer.JDBC, Peer.BARE_LANE);

        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.path("messagesPerSecond").asDouble()).isEqualTo(RATE);
            var rung = result.path("rungs").path(0);
            assertThat(rung.path("kept").asBoolean()).isTrue();
            assertThat(rung.path("stored").asLong())
                    .isPositive()
                    .isEqualTo(rung.path("sent").asLong());
            assertThat(rung.path("storedMillis").path("p99").asDouble()).isPositive();
            assertThat(rung.path("residentMib").path("mosquitto").asDouble()).isPositive();
        });
    }

    private static JsonNode run(Peer... peers) throws Exception {
        var bench = new PeersBench(TestServers.HOME, 10, Duration.ofSeconds(1), RATE, RATE, 0.1, NOWHERE);
        var reports = new ArrayList<PeersBench.Report>();
        bench.run(List.of(peers), reports::add);
        return new ObjectMapper().readTree(reports.getLast().json()).path("results");
    }
}
