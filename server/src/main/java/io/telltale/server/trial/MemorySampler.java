package io.telltale.server.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks once a second at the heap that survives collections and at the resident memory of processes, to see whether
/// they grow.
public final class MemorySampler implements AutoCloseable {
    private static final long BYTES_PER_KIB = 1024;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("memory-sampler").factory());
    private final List<Long> heapBytes = new ArrayList<>();
    private final List<Long> residentBytes = new ArrayList<>();
    private long[] pids = {};

    public MemorySampler() {
        timer.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    /// From now on, the processes whose resident memory is added up.
    public synchronized void watch(long... newPids) {
        pids = newPids.clone();
    }

    /// The heap in use after the last collection, MiB: medians of the second and of the last quarter of the run. Alike
    /// means flat.
    public synchronized double[] heapQuartersMib() {
        return quarters(heapBytes);
    }

    /// Resident memory, MiB: as above.
    public synchronized double[] residentQuartersMib() {
        return quarters(residentBytes);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized void sample() {
        long live = 0;
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            var afterCollection = pool.getCollectionUsage();
            if (afterCollection != null) {
                live += afterCollection.getUsed();
            }
        }
        heapBytes.add(live);
        residentBytes.add(Arrays.stream(pids).map(MemorySampler::resident).sum());
    }

    private static long resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB)
                    .sum();
        } catch (IOException _) {
            return 0; // not Linux, or the process is gone
        }
    }

    private static double[] quarters(List<Long> bytes) {
        int quarter = bytes.size() / 4;
        return new double[] {
            median(bytes.subList(quarter, 2 * quarter)), median(bytes.subList(3 * quarter, bytes.size()))
        };
    }

    private static double median(List<Long> bytes) {
        return bytes.stream().sorted().skip(bytes.size() / 2).findFirst().orElse(0L)
                / (double) (BYTES_PER_KIB * BYTES_PER_KIB);
    }
}
