package io.telltale.gateway.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private Instant now = Instant.parse("2024-11-21T06:20:00Z");
    private final Sessions<String> sessions = new Sessions<>(2, () -> now);

    @Test
    void a_kept_session_is_resumed_with_what_it_remembers() {
        var session = claim("d", "first").session();
        session.hold(7);
        sessions.leave(session, "first", Sessions.FOR_EVER, null);

        var again = claim("d", "second");

        assertThat(again.isResumed()).isTrue();
        assertThat(again.previous()).isNull();
        assertThat(again.session().holds(7)).isTrue();
    }

    @Test
    void a_clean_start_begins_anew() {
        var session = claim("d", "first").session();
        session.hold(7);
        sessions.leave(session, "first", Sessions.FOR_EVER, null);

        var again = sessions.claim("d", true, false, "second");

        assertThat(again.isResumed()).isFalse();
        assertThat(again.session().holds(7)).isFalse();
    }

    @Test
    void a_session_ends_after_the_time_it_is_kept() {
        sessions.leave(claim("d", "first").session(), "first", Duration.ofSeconds(60), null);

        now = now.plusSeconds(60);

        assertThat(claim("d", "second").isResumed()).isFalse();
    }

    @Test
    void who_holds_the_client_id_is_told_to_the_next_and_can_no_longer_give_it_up() {
        var first = claim("d", "first");
        var second = claim("d", "second");

        sessions.leave(first.session(), "first", Sessions.FOR_EVER, null);

        assertThat(second.previous()).isEqualTo("first");
        assertThat(second.isResumed()).isTrue();
        assertThat(sessions.present()).isEqualTo(1);
        assertThat(sessions.away()).isZero();
    }

    @Test
    void a_session_that_ends_with_its_connection_is_not_taken_over() {
        sessions.claim("d", true, false, "first");

        assertThat(claim("d", "second").isResumed()).isFalse();
    }

    @Test
    void beyond_the_limit_the_longest_away_is_forgotten() {
        for (var id : new String[] {"a", "b", "c"}) {
            sessions.leave(claim(id, id).session(), id, Sessions.FOR_EVER, null);
        }

        assertThat(sessions.away()).isEqualTo(2);
        assertThat(claim("a", "again").isResumed()).isFalse();
        assertThat(claim("c", "again").isResumed()).isTrue();
    }

    @Test
    void the_will_of_a_session_that_ends_for_a_newer_one_is_to_be_said() {
        var will = new DelayedWill(new EmbeddedChannel().eventLoop().schedule(() -> {}, 1, TimeUnit.HOURS), () -> {});
        sessions.leave(claim("oldest", "oldest").session(), "oldest", Sessions.FOR_EVER, will);

        assertThat(sessions.leave(claim("a", "a").session(), "a", Sessions.FOR_EVER, null))
                .isNull();
        assertThat(sessions.leave(claim("b", "b").session(), "b", Sessions.FOR_EVER, null))
                .isSameAs(will);
    }

    @Test
    void where_none_is_kept_the_will_is_to_be_said_at_once() {
        var none = new Sessions<String>(0, () -> now);
        var will = new DelayedWill(new EmbeddedChannel().eventLoop().schedule(() -> {}, 1, TimeUnit.HOURS), () -> {});

        assertThat(none.leave(none.claim("d", false, true, "d").session(), "d", Sessions.FOR_EVER, will))
                .isSameAs(will);
    }

    private Sessions.Claim<String> claim(String clientId, String owner) {
        return sessions.claim(clientId, false, true, owner);
    }
}
