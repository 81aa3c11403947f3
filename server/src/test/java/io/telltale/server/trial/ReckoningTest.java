package io.telltale.server.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeviceId;
import io.telltale.storage.read.StoredSince;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReckoningTest {
    @Test
    void what_was_acked_and_is_not_there_is_lost_device_by_device() {
        var reckoning = Reckoning.of(ledger(Map.of("a", 10L, "b", 5L), 0), stored(Map.of("a", 8L, "b", 6L), 0));

        assertThat(reckoning.lost()).isEqualTo(2);
        assertThat(reckoning.stored()).isEqualTo(14);
    }

    @Test
    void a_missing_dead_letter_is_lost_too() {
        assertThat(Reckoning.of(ledger(Map.of(), 3), stored(Map.of(), 1)).lost())
                .isEqualTo(2);
    }

    @Test
    void devices_that_the_fleet_knows_nothing_of_are_left_out() {
        var reckoning = Reckoning.of(ledger(Map.of("a", 10L), 0), stored(Map.of("a", 10L, "stranger", 99L), 0));

        assertThat(reckoning.stored()).isEqualTo(10);
        assertThat(reckoning.unexplained()).isZero();
        assertThat(reckoning.lost()).isZero();
    }

    @Test
    void of_two_ledgers_the_counts_are_added_up() {
        var both = ledger(Map.of("a", 10L, "b", 1L), 1).and(ledger(Map.of("a", 5L), 2));

        assertThat(both.ackedByDevice()).containsExactlyInAnyOrderEntriesOf(Map.of("a", 15L, "b", 1L));
        assertThat(both.malformed()).isEqualTo(3);
    }

    private static FleetLedger ledger(Map<String, Long> ackedByDevice, long malformed) {
        long acked = ackedByDevice.values().stream().mapToLong(Long::longValue).sum() + malformed;
        return new FleetLedger(
                0, acked, 0, acked, 0, 0, malformed, 0, 3 * acked, 100, Map.of(), Map.of(), ackedByDevice);
    }

    private static StoredSince stored(Map<String, Long> messages, long deadLetters) {
        var byDevice = new HashMap<DeviceId, Long>();
        messages.forEach((device, count) -> byDevice.put(new DeviceId(device), count));
        return new StoredSince(byDevice, 0, 0, 0, deadLetters);
    }
}
