package io.telltale.dashboard.live;

import static io.telltale.dashboard.Outcomes.alarming;
import static io.telltale.dashboard.Outcomes.heard;
import static io.telltale.dashboard.Outcomes.point;
import static io.telltale.dashboard.Outcomes.spike;
import static io.telltale.dashboard.Outcomes.swept;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Outcome;
import io.telltale.analytics.model.Presence;
import io.telltale.dashboard.SettableClock;
import io.telltale.dashboard.devices.DeviceIndex;
import io.telltale.dashboard.source.StoreState;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveHubTest {
    private static final LiveSettings SETTINGS =
            new LiveSettings(2, Duration.ofMillis(100), 20, 20, 1000, Duration.ofSeconds(20));
    private static final DeviceId METER = new DeviceId("meter");

    private final SettableClock clock = new SettableClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LiveHub hub = new LiveHub(
            new DeviceIndex(new DeviceIndex.Limits(100, 100), clock, new SimpleMeterRegistry()),
            SETTINGS,
            clock,
            registry);

    @Test
    void rates_are_means_of_the_last_ten_seconds() {
        for (int second = 0; second < 20; second++) {
            int messages = second < 10 ? 100 : 7;
            for (int i = 0; i < messages; i++) {
                hub.heard(heard("meter", clock.millis(), point("a", i, 1), point("b", i, 1)));
            }
            clock.forward(Duration.ofSeconds(1));
            hub.tick();
        }

        assertThat(overview().messagesPerSecond()).isCloseTo(7, within(0.001));
        assertThat(overview().pointsPerSecond()).isCloseTo(14, within(0.001));
    }

    @Test
    void a_sweep_is_no_message() {
        hub.heard(heard("meter", clock.millis()));
        hub.swept(swept("meter", clock.millis(), Presence.STALE));
        clock.forward(Duration.ofSeconds(1));
        hub.tick();

        assertThat(overview().messagesPerSecond()).isCloseTo(1, within(0.001));
        assertThat(overview().stale()).isEqualTo(1);
    }

    @Test
    void anomalies_and_dead_letters_count_for_an_hour() {
        hub.heard(alarming("meter", clock.millis(), spike("meter", 1)));
        hub.heard(alarming("meter", clock.millis(), spike("meter", 1)));
        hub.heard(rejected());
        assertThat(overview().anomaliesLastHour()).isEqualTo(1);
        assertThat(overview().deadLettersLastHour()).isEqualTo(1);

        for (int minute = 0; minute < 62; minute++) {
            clock.forward(Duration.ofMinutes(1));
            hub.tick();
        }

        assertThat(overview().anomaliesLastHour()).isZero();
        assertThat(overview().deadLettersLastHour()).isZero();
    }

    @Test
    void only_those_who_watch_a_device_are_told_of_it() {
        var watching = joined(new Watch(false, Set.of(METER), Set.of(), false));
        var elsewhere = joined(new Watch(false, Set.of(new DeviceId("pump")), Set.of(), false));

        hub.heard(heard("meter", clock.millis()));

        assertThat(watching.take().rows()).containsExactly(METER);
        assertThat(elsewhere.take().rows()).isEmpty();
    }

    @Test
    void a_sweep_that_changes_a_presence_is_shown() {
        hub.heard(heard("meter", clock.millis()));
        var watching = joined(new Watch(false, Set.of(METER), Set.of(), false));

        hub.swept(swept("meter", clock.millis(), Presence.OFFLINE));

        assertThat(watching.take().rows()).containsExactly(METER);
    }

    @Test
    void an_unconfirmed_anomaly_is_shown_once() {
        var watching = joined(new Watch(false, Set.of(), Set.of(), true));

        hub.heard(alarming("meter", clock.millis(), spike("meter", 1)));
        hub.heard(alarming("meter", clock.millis(), spike("meter", 1)));

        assertThat(watching.take().anomalies()).containsExactly(spike("meter", 1));
    }

    @Test
    void who_left_or_looks_elsewhere_is_told_nothing() {
        var left = joined(new Watch(false, Set.of(METER), Set.of(METER), true));
        var turned = joined(new Watch(false, Set.of(METER), Set.of(METER), true));
        hub.leave(left);
        hub.watch(turned, Watch.NOTHING);
        turned.take();

        hub.heard(alarming("meter", clock.millis(), spike("meter", 1)));

        assertThat(left.take().rows()).isEmpty();
        assertThat(turned.take().rows()).isEmpty();
        assertThat(turned.take().anomalies()).isEmpty();
    }

    @Test
    void sessions_are_bounded() {
        assertThat(hub.join(session())).isTrue();
        var second = session();
        assertThat(hub.join(second)).isTrue();
        assertThat(hub.join(session())).isFalse();

        hub.leave(second);
        assertThat(hub.hasRoom()).isTrue();
    }

    @Test
    void sessions_that_come_at_once_are_bounded_too() {
        var joined = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++) {
                threads.execute(() -> joined.addAndGet(hub.join(session()) ? 1 : 0));
            }
        }

        assertThat(joined).hasValue(2);
    }

    @Test
    void a_view_that_fails_does_not_stop_the_line() {
        var broken = new Session(SETTINGS, () -> {
            throw new IllegalStateException("the stream is gone");
        });
        hub.join(broken);
        assertThatThrownBy(() -> hub.watch(broken, new Watch(false, Set.of(METER), Set.of(), true)));
        broken.take();

        assertThatCode(() -> hub.heard(heard("meter", clock.millis()))).doesNotThrowAnyException();

        assertThat(registry.get("telltale.dashboard.tap.failures").counter().count())
                .isEqualTo(1);
        assertThat(overview().online()).isEqualTo(1);
    }

    private Overview overview() {
        return hub.overview(new StoreState(false, 0, 0, 0, StoreState.Audit.NONE));
    }

    private Session joined(Watch watch) {
        var session = session();
        hub.join(session);
        hub.watch(session, watch);
        session.take();
        return session;
    }

    private static Session session() {
        return new Session(SETTINGS, () -> {});
    }

    private static Outcome rejected() {
        return new Outcome.Rejected(new DeadLetter(
                UUID.randomUUID(),
                0,
                "listener",
                "telemetry/meter",
                new byte[0],
                DeadLetter.Reason.MALFORMED,
                "expected JSON",
                OptionalInt.empty(),
                OptionalLong.empty()));
    }
}
