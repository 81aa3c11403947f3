package io.telltale.gateway.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.telltale.analytics.model.Inbound;
import io.telltale.gateway.GatewaySettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What decoding costs per payload.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class InboundDecoderBench {
    private static final long NOW = 1_732_170_000_000L;
    private static final byte[] THREE_NUMBERS =
            "{\"ts\":1732170000000,\"values\":{\"temperature\":21.53,\"humidity\":40.2,\"pressure\":1013.25}}"
                    .getBytes(UTF_8);
    private static final byte[] SMART_METER =
            "{\n \"pulseCounter\": 1234567,\n \"leakage\": false,\n \"batteryLevel\": 81\n}".getBytes(UTF_8);

    private final InboundDecoder decoder =
            new InboundDecoder(new GatewaySettings.Payload(1 << 16, 10_000, Duration.ofMinutes(5)));

    @Benchmark
    public Inbound three_numbers() {
        return decoder.decode("telemetry/meter-0001", THREE_NUMBERS, NOW, "listener");
    }

    @Benchmark
    public Inbound smart_meter() {
        return decoder.decode("telemetry/meter-0001", SMART_METER, NOW, "listener");
    }

    static void main() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(InboundDecoderBench.class.getSimpleName())
                        .build())
                .run();
    }
}
