package io.telltale.dashboard.devices;

import static io.telltale.dashboard.Outcomes.alarming;
import static io.telltale.dashboard.Outcomes.heard;
import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.snapshot;
import static io.telltale.dashboard.Outcomes.spike;
import static io.telltale.dashboard.Outcomes.swept;
import static io.telltale.dashboard.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.dashboard.SettableClock;
import io.telltale.dashboard.devices.DeviceListing.Sort;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceIndexTest {
    private final SettableClock clock = new SettableClock();
    private final DeviceIndex index = indexOf(1000, 1000);

    @Test
    void the_latest_value_is_the_one_with_the_greatest_event_time_not_the_one_that_came_last() {
        index.heard(heard("meter", 5000, point("t", 4000, 21)));
        index.heard(heard("meter", 6000, point("t", 3000, 99)));

        assertThat(row("meter").latest()).containsExactly(point("t", 4000, 21));
        assertThat(row("meter").lastSeenMillis()).isEqualTo(6000);
        assertThat(row("meter").lastEventTimeMillis()).hasValue(4000);
    }

    @Test
    void a_correction_at_the_same_event_time_replaces_the_value() {
        index.heard(heard("meter", 5000, point("t", 4000, 21)));
        index.heard(heard("meter", 6000, point("t", 4000, 22)));

        assertThat(row("meter").latest()).containsExactly(point("t", 4000, 22));
    }

    @Test
    void a_metric_may_change_between_number_and_text() {
        index.heard(heard("meter", 5000, point("state", 1000, 1)));
        index.heard(heard("meter", 6000, text("state", 2000, "open")));
        assertThat(row("meter").latest()).containsExactly(text("state", 2000, "open"));

        index.heard(heard("meter", 7000, point("state", 3000, 0)));
        assertThat(row("meter").latest()).containsExactly(point("state", 3000, 0));
    }

    @Test
    void a_row_shows_four_metrics_by_name_and_details_show_all() {
        index.heard(heard(
                "meter",
                5000,
                point("e", 1, 5),
                point("b", 1, 2),
                point("d", 1, 4),
                point("a", 1, 1),
                point("c", 1, 3)));

        assertThat(row("meter").metrics()).isEqualTo(5);
        assertThat(row("meter").latest()).extracting("metric").containsExactly("a", "b", "c", "d");
        assertThat(details("meter").row().latest()).hasSize(5);
    }

    @Test
    void a_sweep_changes_presence_but_not_when_the_device_was_last_seen() {
        index.heard(heard("meter", 5000, point("t", 4000, 21)));

        index.swept(swept("meter", 65_000, Presence.OFFLINE));

        assertThat(row("meter").presence()).isEqualTo(Presence.OFFLINE);
        assertThat(row("meter").lastSeenMillis()).isEqualTo(5000);
        assertThat(index.count(Presence.OFFLINE)).isEqualTo(1);
        assertThat(index.count(Presence.ONLINE)).isZero();
    }

    @Test
    void a_sweep_that_was_overtaken_by_a_message_changes_nothing() {
        index.heard(heard("meter", 5000));
        index.heard(heard("meter", 70_000));

        index.swept(swept("meter", 65_000, Presence.OFFLINE));

        assertThat(row("meter").presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_sweep_of_a_device_nothing_is_known_of_lists_nothing() {
        index.swept(swept("ghost", 65_000, Presence.OFFLINE));

        assertThat(index.row(new DeviceId("ghost"))).isEmpty();
        assertThat(index.count(Presence.OFFLINE)).isZero();
    }

    @Test
    void a_loaded_device_appears_with_its_last_presence() {
        index.load(snapshot("meter", Presence.STALE, 9000, point("t", 8000, 21)));

        assertThat(row("meter").presence()).isEqualTo(Presence.STALE);
        assertThat(row("meter").latest()).containsExactly(point("t", 8000, 21));
        assertThat(details("meter").firstSeenMillis()).isEqualTo(1000);
        assertThat(index.count(Presence.STALE)).isEqualTo(1);
    }

    @Test
    void loading_changes_nothing_that_was_heard_since() {
        index.heard(heard("meter", 50_000, point("t", 49_000, 30)));

        index.load(snapshot("meter", Presence.OFFLINE, 9000, point("t", 8000, 21)));

        assertThat(row("meter").presence()).isEqualTo(Presence.ONLINE);
        assertThat(row("meter").lastSeenMillis()).isEqualTo(50_000);
        assertThat(row("meter").latest()).containsExactly(point("t", 49_000, 30));
        assertThat(details("meter").firstSeenMillis()).isEqualTo(1000);
    }

    @Test
    void an_unconfirmed_anomaly_that_comes_again_counts_once() {
        long now = clock.millis();

        assertThat(index.heard(alarming("meter", now, spike("meter", 1)))).hasSize(1);
        assertThat(index.heard(alarming("meter", now, spike("meter", 1), spike("meter", 2))))
                .containsExactly(spike("meter", 2));

        assertThat(row("meter").anomaliesLastHour()).isEqualTo(2);
    }

    @Test
    void an_anomaly_counts_for_an_hour() {
        index.heard(alarming("meter", clock.millis(), spike("meter", 1)));

        clock.forward(Duration.ofMinutes(59));
        assertThat(row("meter").anomaliesLastHour()).isEqualTo(1);
        clock.forward(Duration.ofMinutes(1));
        assertThat(row("meter").anomaliesLastHour()).isZero();
    }

    @Test
    void anomalies_are_counted_up_to_a_bound() {
        for (int i = 0; i < 2 * RecentAnomalies.CAPACITY; i++) {
            index.heard(alarming("meter", clock.millis(), spike("meter", i)));
        }

        assertThat(row("meter").anomaliesLastHour()).isEqualTo(RecentAnomalies.CAPACITY);
    }

    @Test
    void duplicates_corrections_and_late_points_add_up() {
        var message = heard("meter", 5000);
        index.heard(new Outcome.Processed(
                message.device(),
                5000,
                Presence.ONLINE,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new Outcome.Counts(1, 2, 3),
                0));
        index.heard(message);

        assertThat(details("meter").duplicates()).isEqualTo(1);
        assertThat(details("meter").corrections()).isEqualTo(2);
        assertThat(details("meter").late()).isEqualTo(3);
    }

    @Test
    void devices_and_metrics_beyond_the_limits_are_not_kept() {
        var small = indexOf(1, 2);
        small.heard(heard("first", 5000, point("a", 1, 1), point("b", 1, 1), point("c", 1, 1)));
        small.heard(heard("second", 5000));

        assertThat(small.list(request("", Sort.ID, 1, 10)).rows())
                .singleElement()
                .satisfies(row -> assertThat(row.latest()).extracting("metric").containsExactly("a", "b"));
    }

    @Test
    void a_list_is_filtered_by_part_of_the_id_in_any_case_and_by_status() {
        index.heard(heard("Boiler-1", 1));
        index.heard(heard("boiler-2", 1));
        index.heard(heard("pump", 1));
        index.swept(swept("boiler-2", 2, Presence.STALE));

        assertThat(ids(request("OIL", Sort.ID, 1, 10))).containsExactly("Boiler-1", "boiler-2");
        assertThat(ids(new DeviceListing.Request("oil", Optional.of(Presence.STALE), Sort.ID, 1, 10)))
                .containsExactly("boiler-2");
    }

    @Test
    void a_list_is_sorted_and_paged() {
        index.heard(heard("b", 300));
        index.heard(heard("c", 100));
        index.heard(heard("a", 200));
        index.heard(alarming("c", 100, spike("c", 1)));

        assertThat(ids(request("", Sort.ID, 1, 2))).containsExactly("a", "b");
        assertThat(ids(request("", Sort.ID, 2, 2))).containsExactly("c");
        assertThat(ids(request("", Sort.ID, 3, 2))).isEmpty();
        assertThat(ids(request("", Sort.ID_DESCENDING, 1, 2))).containsExactly("c", "b");
        assertThat(ids(request("", Sort.LAST_SEEN, 1, 3))).containsExactly("c", "a", "b");
        assertThat(ids(request("", Sort.LAST_SEEN_DESCENDING, 1, 3))).containsExactly("b", "a", "c");
    }

    @Test
    void devices_with_equal_anomalies_follow_by_id() {
        index.heard(heard("b", 1));
        index.heard(heard("a", 1));
        index.heard(alarming("c", clock.millis(), spike("c", 1)));

        assertThat(ids(request("", Sort.ANOMALIES_DESCENDING, 1, 3))).containsExactly("c", "a", "b");
        assertThat(ids(request("", Sort.ANOMALIES, 1, 3))).containsExactly("a", "b", "c");
    }

    @Test
    void a_device_heard_after_a_list_is_in_the_next_at_its_place() {
        index.heard(heard("a", 1));
        index.heard(heard("c", 1));
        index.list(request("", Sort.ID, 1, 10));

        index.heard(heard("b", 1));

        assertThat(ids(request("", Sort.ID, 1, 10))).containsExactly("a", "b", "c");
    }

    @Test
    void presence_is_counted_exactly_when_several_streams_report_at_once() {
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            String device = "meter-" + i % 50;
            if (i % 3 == 0) {
                index.swept(swept(device, i, i % 2 == 0 ? Presence.STALE : Presence.OFFLINE));
            } else {
                index.heard(heard(device, i, point("t", i, i)));
            }
        });

        var rows = index.list(request("", Sort.ID, 1, 100)).rows();
        assertThat(rows).hasSize(50);
        for (Presence presence : Presence.values()) {
            assertThat(index.count(presence)).isEqualTo((int)
                    rows.stream().filter(row -> row.presence() == presence).count());
        }
    }

    private DeviceIndex indexOf(int devices, int metrics) {
        return new DeviceIndex(new DeviceIndex.Limits(devices, metrics), clock, new SimpleMeterRegistry());
    }

    private DeviceRow row(String device) {
        return index.row(new DeviceId(device)).orElseThrow();
    }

    private DeviceDetails details(String device) {
        return index.details(new DeviceId(device)).orElseThrow();
    }

    private List<String> ids(DeviceListing.Request request) {
        return index.list(request).rows().stream().map(row -> row.id().value()).toList();
    }

    private static DeviceListing.Request request(String part, Sort sort, int page, int size) {
        return new DeviceListing.Request(part, Optional.empty(), sort, page, size);
    }
}
