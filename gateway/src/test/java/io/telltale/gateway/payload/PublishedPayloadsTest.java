package io.telltale.gateway.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.DeadLetter.Reason;
import io.telltale.analytics.model.Inbound;
import io.telltale.analytics.model.Point;
import io.telltale.analytics.model.Report;
import io.telltale.gateway.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Payloads as other products publish them.
class PublishedPayloadsTest {
    private static final Path PAYLOADS = Path.of("src/test/resources/payloads");
    private static final long NOW = 1_733_904_006_000L;

    private final InboundDecoder decoder =
            new InboundDecoder(new GatewaySettings.Payload(1 << 16, 100, Duration.ofMinutes(5)));

    @Test
    void thingsboards_payloads_are_read() throws IOException {
        assertThat(points("thingsboard_smart_meter.json"))
                .containsExactly(
                        new Point.Numeric("pulseCounter", NOW, 1234567),
                        new Point.Numeric("leakage", NOW, 0),
                        new Point.Numeric("batteryLevel", NOW, 81));
        assertThat(points("thingsboard_plain.json"))
                .containsExactly(
                        new Point.Text("stringKey", NOW, "value1"),
                        new Point.Numeric("booleanKey", NOW, 1),
                        new Point.Numeric("doubleKey", NOW, 42),
                        new Point.Numeric("longKey", NOW, 73));
        assertThat(points("thingsboard_ts.json"))
                .containsExactly(
                        new Point.Text("key1", 1451649600512L, "value1"),
                        new Point.Text("key2", 1451649600512L, "value2"));
        assertThat(points("thingsboard_array.json"))
                .containsExactly(
                        new Point.Numeric("temp", 1451649600512L, 1), new Point.Numeric("temp", 1451649600000L, 2));
    }

    @Test
    void bad_payloads_are_refused_with_their_reason() throws IOException {
        assertThat(reason("bad_future_2036.json")).isEqualTo(Reason.FUTURE_TIMESTAMP);
        assertThat(reason("bad_nan.json")).isEqualTo(Reason.MALFORMED);
        assertThat(reason("bad_truncated.json")).isEqualTo(Reason.MALFORMED);
    }

    private List<Point> points(String file) throws IOException {
        return ((Report) decode(file)).points();
    }

    private Reason reason(String file) throws IOException {
        return ((DeadLetter) decode(file)).reason();
    }

    private Inbound decode(String file) throws IOException {
        return decoder.decode("telemetry/d", Files.readAllBytes(PAYLOADS.resolve(file)), NOW, "listener");
    }
}
