package io.telltale.gateway.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import io.telltale.gateway.GatewaySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class InboundDecoderProperties {
    private static final long NOW = 1_732_170_000_000L;

    private final InboundDecoder decoder =
            new InboundDecoder(new GatewaySettings.Payload(1 << 16, 10_000, Duration.ofMinutes(5)));

    @Property
    void any_bytes_become_a_report_or_a_dead_letter_that_keeps_them(@ForAll byte[] payload) {
        var inbound = decoder.decode("telemetry/d", payload, NOW, "listener");

        if (inbound instanceof DeadLetter letter) {
            assertThat(letter.payload()).isEqualTo(payload);
            assertThat(letter.detail()).isNotEmpty();
        } else {
            assertThat(inbound).isInstanceOf(Report.class);
        }
    }

    @Property
    void any_topic_is_read_or_refused(@ForAll String topic, @ForAll byte[] payload) {
        assertThat(decoder.decode(topic, payload, NOW, "listener")).isNotNull();
        assertThat(decoder.decode("telemetry/" + topic, payload, NOW, "listener"))
                .isNotNull();
    }

    @Property
    void almost_json_becomes_a_report_or_a_dead_letter(@ForAll("fragments") List<String> fragments) {
        var payload = String.join("", fragments).getBytes(UTF_8);

        assertThat(decoder.decode("telemetry/d", payload, NOW, "listener"))
                .isInstanceOfAny(Report.class, DeadLetter.class);
    }

    @Property
    void what_a_device_wrote_is_what_is_read(
            @ForAll("metrics") Map<String, Object> metrics, @ForAll("eventTimes") long eventTimeMillis) {
        var expected = new ArrayList<Point>();
        metrics.forEach((name, value) -> expected.add(
                switch (value) {
                    case Double number -> new Point.Numeric(name, eventTimeMillis, number);
                    case Boolean flag -> new Point.Numeric(name, eventTimeMillis, flag ? 1 : 0);
                    default -> new Point.Text(name, eventTimeMillis, value.toString());
                }));

        for (var payload : List.of(
                "{\"ts\":" + eventTimeMillis + ",\"values\":" + json(metrics) + "}",
                "[{\"values\":" + json(metrics) + ",\"ts\":" + eventTimeMillis + "}]")) {
            assertThat(decoder.decode("telemetry/d", payload.getBytes(UTF_8), NOW, "listener"))
                    .isEqualTo(new Report(new DeviceId("d"), NOW, expected));
        }
    }

    @Provide
    Arbitrary<List<String>> fragments() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\"ts\"",
                        "\"values\"",
                        "\"a\"",
                        "1",
                        "-",
                        "1e5",
                        "1e400",
                        "null",
                        "true",
                        "\\",
                        "\\u12",
                        "\\ud800",
                        "\u00fc",
                        "\u0000",
                        " ",
                        "\"2024-11-21T06:20:00Z\"")
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<Long> eventTimes() {
        return Arbitraries.longs().between(0, NOW + 300_000);
    }

    @Provide
    Arbitrary<Map<String, Object>> metrics() {
        var names = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(128)
                .filter(name -> !name.equals("ts") && Encoding.isWhole(name));
        var values = Arbitraries.<Object>oneOf(
                Arbitraries.doubles(),
                Arbitraries.of(true, false),
                Arbitraries.strings().ofMaxLength(200).filter(Encoding::isWhole));
        return Arbitraries.maps(names, values).ofMaxSize(40);
    }

    private static String json(Map<String, Object> metrics) {
        var members = new ArrayList<String>();
        metrics.forEach((name, value) ->
                members.add(quoted(name) + ":" + (value instanceof String text ? quoted(text) : value)));
        return "{" + String.join(",", members) + "}";
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c % 7 == 0) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
