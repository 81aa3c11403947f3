package io.telltale.server.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.telltale.server.TestServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// At a rate that anybody keeps up with. Node-RED is not here: no test fetches it.
class PeersBenchIT {
    private static final int RATE = 200;
    private static final Path NOWHERE = Path.of("nowhere");

    @Test
    void what_is_sent_to_a_plain_program_and_to_telltale_is_found_in_their_stores() throws Exception {
        var results = run(Peer.JDBC, Peer.LISTENER).path("results");

        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.path("messagesPerSecond").asDouble()).isEqualTo(RATE);
            var rung = result.path("rungs").path(0);
            assertThat(rung.path("kept").asBoolean()).isTrue();
            assertThat(rung.path("stored").asLong())
                    .isPositive()
                    .isEqualTo(rung.path("sent").asLong());
            assertThat(rung.path("storedMillis").path("p99").asDouble()).isPositive();
            assertThat(rung.path("residentMib").path("clickhouse").asDouble()).isPositive();
        });
    }

    @Test
    void a_door_with_nothing_behind_it_counts_what_it_acked() throws Exception {
        var results = run(Peer.BARE_LANE, Peer.BARE_LISTENER).path("results");

        assertThat(results)
                .hasSize(2)
                .allSatisfy(result -> assertThat(
                                result.path("rungs").path(0).path("kept").asBoolean())
                        .isTrue());
    }

    private static JsonNode run(Peer... peers) throws Exception {
        var bench = new PeersBench(TestServers.HOME, 10, Duration.ofSeconds(2), RATE, RATE, NOWHERE);
        return new ObjectMapper().readTree(bench.run(List.of(peers)).json());
    }
}
