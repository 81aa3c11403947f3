package io.telltale.gateway.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What a PUBACK costs before it meets the network: a connection's window of them into one buffer.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RepliesBench {
    private static final int WINDOW = 256;

    private final ByteBuf buffer = Unpooled.buffer(WINDOW * Replies.ACK_LENGTH);

    @Benchmark
    @OperationsPerInvocation(WINDOW)
    public ByteBuf puback() {
        buffer.clear();
        for (int id = 1; id <= WINDOW; id++) {
            Replies.puback(buffer, id);
        }
        return buffer;
    }

    static void main() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(RepliesBench.class.getSimpleName())
                        .build())
                .run();
    }
}
