package io.telltale.gateway.payload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.PresenceReport;
import io.telltale.analytics.model.Report;
import io.telltale.analytics.model.Silence;
import io.telltale.gateway.GatewaySettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundDecoderTest {
    private static final long NOW = 1_732_170_005_000L;
    private static final GatewaySettings.Payload LIMITS =
            new GatewaySettings.Payload(1 << 16, 100, Duration.ofMinutes(5));

    private final InboundDecoder decoder = new InboundDecoder(LIMITS);

    @Test
    void a_flat_object_gives_its_points_in_order_at_its_event_time() {
        var points = points("{\"ts\": 1732170000000, \"temperature\": 21.5, \"door\": true, \"firmware\": \"1.4.2\"}");

        assertThat(points)
                .containsExactly(
                        new Point.Numeric("temperature", 1732170000000L, 21.5),
                        new Point.Numeric("door", 1732170000000L, 1),
                        new Point.Text("firmware", 1732170000000L, "1.4.2"));
    }

    @Test
    void event_time_may_stand_last() {
        assertThat(points("{\"a\": 1, \"b\": \"x\", \"ts\": 5}"))
                .containsExactly(new Point.Numeric("a", 5, 1), new Point.Text("b", 5, "x"));
        assertThat(points("{\"values\": {\"a\": 1}, \"ts\": 5}")).containsExactly(new Point.Numeric("a", 5, 1));
    }

    @Test
    void without_event_time_the_arrival_counts() {
        assertThat(points("{\"a\": -2.5e3}")).containsExactly(new Point.Numeric("a", NOW, -2500));
    }

    @Test
    void an_array_gives_the_points_of_every_object_each_at_its_own_time() {
        var points = points("[{\"ts\": 7, \"values\": {\"a\": 1}}, {\"a\": 2}, {\"a\": 3, \"ts\": 9}]");

        assertThat(points)
                .containsExactly(
                        new Point.Numeric("a", 7, 1), new Point.Numeric("a", NOW, 2), new Point.Numeric("a", 9, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "[{}, {}]", "{\"values\": {}}", "{\"ts\": 5}", " {\"a\": null} \n"})
    void a_payload_without_points_is_a_sign_of_life(String payload) {
        assertThat(points(payload)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1732170000000 | 1732170000000",
                "1.73217e12 | 1732170000000",
                "1732170000000.0 | 1732170000000",
                "0 | 0",
                "\"2024-11-21T06:20:00Z\" | 1732170000000",
                "\"2024-11-21T06:20:00.123456Z\" | 1732170000123",
                "\"2024-11-21T07:20:00+01:00\" | 1732170000000",
                "\"2024-11-21T07:20:00+0100\" | 1732170000000",
                "\"2024-11-21T07:20+01\" | 1732170000000",
            })
    void event_time_is_milliseconds_or_iso_8601(String ts, long expected) {
        assertThat(points("{\"ts\": " + ts + ", \"a\": 1}").getFirst().eventTimeMillis())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1736603810.49",
                "1732170000000.5",
                "-1",
                "-1e300",
                "-99999999999999999999",
                "null",
                "true",
                "[]",
                "\"yesterday\"",
                "\"1732170000000\"",
                "\"2024-11-21T06:20:00\"",
                "\"1969-12-31T23:59:59Z\"",
                "\"2024-13-21T06:20:00Z\"",
            })
    void any_other_event_time_is_an_invalid_value(String ts) {
        assertThat(refused("{\"a\": 1, \"ts\": " + ts + "}"))
                .returns(Reason.INVALID_VALUE, DeadLetter::reason)
                .satisfies(letter -> assertThat(letter.detail()).startsWith("ts: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1732170305001",
                "9223372036854775807",
                "99999999999999999999",
                "1e300",
                "1e999",
                "\"+999999999-01-01T00:00:00Z\"",
            })
    void event_time_too_far_ahead_is_quarantined(String ts) {
        assertThat(refused("{\"ts\": " + ts + ", \"a\": 1}").reason()).isEqualTo(Reason.FUTURE_TIMESTAMP);
    }

    @Test
    void event_time_may_be_ahead_as_far_as_allowed() {
        assertThat(points("{\"ts\": 1732170305000, \"a\": 1}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1, \"\\u0061\": 2}",
                "{\"a\": 1, \"a\": null}",
                "{\"ts\": 1, \"ts\": 1}",
                "{\"values\": {}, \"values\": {}}",
                "{\"values\": {\"a\": 1}, \"b\": 2}",
                "{\"b\": 2, \"values\": {\"a\": 1}}",
                "{\"values\": 5}",
                "{\"values\": {\"ts\": 5}}",
                "{\"a\": {}}",
                "{\"a\": []}",
                "{\"\": 1}",
                "{\"a\": 1e999}",
                "{\"a\": \"\\ud800\"}",
                "[1]",
                "[[]]",
                "[null]",
                "21.5",
                "\"text\"",
                "null",
            })
    void json_that_breaks_a_rule_is_an_invalid_value(String payload) {
        assertThat(refused(payload).reason()).isEqualTo(Reason.INVALID_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\": 1",
                "{\"a\": 21.",
                "{\"a\": NaN}",
                "{\"a\": Infinity}",
                "{\"a\": 01}",
                "{\"a\": 1,}",
                "{'a': 1}",
                "{\"a\": 1} {}",
                "{\"a\": 1} x",
                "{\"a\": []} x",
                "{\"a\": [}",
                "{\"a\": {\"b\": tru}}",
                "[{\"a\": 1}",
                "1 2",
                "online",
                "{\"a\": \"\\x\"}",
                "{\"\\udc00\": 1}",
                "{\"\\ud800\": 1}",
                "{\"\\ud800x\": 1}",
                "{\"a\": \"\u0001\"}",
            })
    void what_is_not_one_json_document_is_malformed(String payload) {
        assertThat(refused(payload).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void a_malformed_payload_tells_where() {
        assertThat(refused("{\"a\": 1, \"b\": x}").detail()).startsWith("byte 14: ");
    }

    /// `^` stands where the trouble is expected and is not part of the payload.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"b\": ^x}",
                "{\"a\": 1}^}",
                "{\"a\": 1} ^{}",
                "{\"ts\": ^\"yesterday\", \"a\": 1}",
                "{\"a\": 1, \"ts\":^1732170305001}",
                "{\"a\": 1, \"ts\": 5, ^\"ts\": 5}",
                "{\"a\": 1, \"b\": ^[1]}",
                "{\"a\": 1, \"b\": ^{\"c\": 1}}",
                "{\"a\": ^1e999}",
                "{\"a\": ^\"\\ud800\"}",
                "{\"a\": 1, ^\"a\": {}}",
                "{\"values\": {\"a\": 1}, ^\"b\": 2}",
                "{\"values\": {^\"ts\": 5}}",
                "{\"values\": ^5}",
                "{\"\u6e29\u5ea6\": ^{}}",
                "[{\"a\": 1}, ^2]",
                " ^21.5",
            })
    void a_letter_knows_the_byte_to_blame(String marked) {
        int expected = marked.substring(0, marked.indexOf('^')).getBytes(UTF_8).length;

        assertThat(refused(marked.replace("^", "")).byteOffset()).hasValue(expected);
    }

    @Test
    void a_truncated_payload_is_to_blame_at_its_end() {
        assertThat(refused("{\"a\": 1").byteOffset()).hasValue(7);
    }

    @Test
    void the_first_byte_that_is_not_utf_8_is_to_blame() {
        assertThat(letter("{\"a\": \"\u00fc\"}".getBytes(ISO_8859_1)).byteOffset())
                .hasValue(7);
        assertThat(letter("\uFEFF{\"a\": 1}".getBytes(UTF_8)).byteOffset()).hasValue(0);
        assertThat(letter("{\"a\": 1}".getBytes(UTF_16LE)).byteOffset()).hasValue(1);
    }

    @Test
    void of_a_point_too_many_the_first_byte_is_to_blame() {
        var many = "{\"n\":0},".repeat(100);

        assertThat(refused("[" + many + "{\"n\": 1}]").byteOffset()).hasValue(1 + many.length() + 6);
    }

    @Test
    void where_the_payload_as_a_whole_is_to_blame_no_byte_is() {
        assertThat(refused("").byteOffset()).isEmpty();
        assertThat(refused(" ".repeat((1 << 16) + 1)).byteOffset()).isEmpty();
        assertThat(decoder.decode("x/d", new byte[0], NOW, "listener"))
                .isInstanceOfSatisfying(
                        DeadLetter.class,
                        letter -> assertThat(letter.byteOffset()).isEmpty());
    }

    @Test
    void other_encodings_than_utf_8_are_malformed() {
        for (var payload : List.of(
                "\uFEFF{\"a\": 1}".getBytes(UTF_8),
                "{\"a\": 1}".getBytes(UTF_16LE),
                "{\"a\": \"\u00fc\"}".getBytes(ISO_8859_1),
                // An overlong slash, then half a surrogate pair in three bytes.
                "{\"a\": \"\u00c0\u00af\"}".getBytes(ISO_8859_1),
                "{\"a\": \"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1))) {
            assertThat(decoder.decode("telemetry/d", payload, NOW, "listener"))
                    .isInstanceOfSatisfying(DeadLetter.class, letter -> {
                        assertThat(letter.reason()).isEqualTo(Reason.MALFORMED);
                        assertThat(letter.payload()).isEqualTo(payload);
                    });
        }
    }

    @Test
    void text_and_names_may_be_of_any_language() {
        assertThat(points("{\"\u6e29\u5ea6\": \"\ud83d\ude00 \\ud83d\\ude00\"}"))
                .containsExactly(new Point.Text("\u6e29\u5ea6", NOW, "\ud83d\ude00 \ud83d\ude00"));
    }

    @Test
    void a_surrogate_pair_may_be_escaped_in_a_name() {
        assertThat(points("{\"\\ud83d\\ude00\": 1}")).containsExactly(new Point.Numeric("\ud83d\ude00", NOW, 1));
    }

    @Test
    void nesting_is_malformed_when_too_deep() {
        assertThat(refused("{\"a\": " + "[".repeat(20) + "]".repeat(20) + "}").reason())
                .isEqualTo(Reason.INVALID_VALUE);
        assertThat(refused("{\"a\": " + "[".repeat(30_000)).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused("{\"a\": " + "[".repeat(32) + "]".repeat(32) + "}").reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void names_and_texts_have_a_greatest_length() {
        assertThat(points("{\"" + "n".repeat(128) + "\": \"" + "t".repeat(4096) + "\"}"))
                .hasSize(1);
        assertThat(points("{\"" + "\u6e29".repeat(128) + "\": 1}")).hasSize(1);
        for (var payload : List.of(
                "{\"" + "n".repeat(129) + "\": 1}",
                "{\"" + "n".repeat(60_000) + "\": 1}",
                "{\"a\": \"" + "t".repeat(4097) + "\"}",
                "{\"a\": " + "1".repeat(2_000) + "}")) {
            assertThat(refused(payload).reason()).isEqualTo(Reason.INVALID_VALUE);
        }
    }

    @Test
    void a_long_number_is_read_as_the_nearest_double() {
        assertThat(points("{\"a\": 12345678901234567890, \"b\": 0." + "3".repeat(500) + "}"))
                .containsExactly(
                        new Point.Numeric("a", NOW, 0x1.56a95319d63e1p63), new Point.Numeric("b", NOW, 1.0 / 3));
    }

    @Test
    void more_bytes_or_points_than_allowed_are_too_large() {
        var many = new StringBuilder("[");
        for (int i = 0; i < 101; i++) {
            many.append(i == 0 ? "" : ",").append("{\"ts\":").append(i).append(",\"a\":1}");
        }

        assertThat(refused(many.append(']').toString()).reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(refused(" ".repeat((1 << 16) + 1)).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void many_names_in_one_object_are_told_apart() {
        var names = new StringBuilder("{\"n0\":0");
        for (int i = 1; i < 60; i++) {
            names.append(",\"n").append(i).append("\":").append(i);
        }

        assertThat(points(names + "}")).hasSize(60);
        assertThat(refused(names + ",\"n3\":0}").reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(refused(names + ",\"n59\":0}").reason()).isEqualTo(Reason.INVALID_VALUE);
    }

    @Test
    void presence_is_online_or_offline() {
        assertThat(status("online")).isEqualTo(new PresenceReport(new DeviceId("d"), NOW, true));
        assertThat(status("offline")).isEqualTo(new PresenceReport(new DeviceId("d"), NOW, false));
        assertThat(status("asleep"))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.reason()).isEqualTo(Reason.INVALID_VALUE));
    }

    @Test
    void clearing_a_retained_presence_says_nothing_of_the_device() {
        assertThat(status("")).isEqualTo(new Silence(new DeviceId("d"), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "telemetry",
                "telemetry/",
                "telemetry/a/b",
                "telemetry/a+",
                "status/a\u0007",
                "x/d",
                "Telemetry/d"
            })
    void any_other_topic_is_unknown(String topic) {
        assertThat(decoder.decode(topic, new byte[0], NOW, "listener"))
                .isInstanceOfSatisfying(DeadLetter.class, letter -> {
                    assertThat(letter.reason()).isEqualTo(Reason.UNKNOWN_TOPIC);
                    assertThat(letter.topic()).isEqualTo(topic);
                    assertThat(letter.door()).isEqualTo("listener");
                    assertThat(letter.arrivalMillis()).isEqualTo(NOW);
                });
    }

    @Test
    void one_metric_name_is_one_string_across_payloads() {
        var first = points("{\"temperature\": 1}").getFirst().metric();
        var second = points("{\"temperature\": 2}").getFirst().metric();

        assertThat(second).isSameAs(first);
    }

    private List<Point> points(String payload) {
        var inbound = telemetry(payload);
        assertThat(inbound).isInstanceOf(Report.class);
        return ((Report) inbound).points();
    }

    private DeadLetter refused(String payload) {
        return letter(payload.getBytes(UTF_8));
    }

    private DeadLetter letter(byte[] payload) {
        var inbound = decoder.decode("telemetry/d", payload, NOW, "listener");
        assertThat(inbound).as(new String(payload, UTF_8)).isInstanceOf(DeadLetter.class);
        return (DeadLetter) inbound;
    }

    private Inbound telemetry(String payload) {
        return decoder.decode("telemetry/d", payload.getBytes(UTF_8), NOW, "listener");
    }

    private Inbound status(String payload) {
        return decoder.decode("status/d", payload.getBytes(UTF_8), NOW, "listener");
    }
}
