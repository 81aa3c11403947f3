package io.telltale.server.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks once a second at what the processes of a trial use: the heap of this one that survives collections, resident
/// memory, processor time. Thread-safe.
public final class ProcessSampler implements AutoCloseable {
    private static final double MIB = 1 << 20;
    private static final long BYTES_PER_KIB = 1024;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("process-sampler").factory());
    private final Map<String, Long> pids = new TreeMap<>();
    private final Map<Long, Duration> processorTimes = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    private record Sample(long nanos, long heapBytes, Map<String, Long> residentBytes, Map<Long, Duration> processor) {}

    public ProcessSampler() {
        timer.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    /// From now on, `pid` is who does what `part` does; whoever did it before is gone.
    public synchronized void watch(String part, long pid) {
        pids.put(part, pid);
    }

    /// The heap in use after the last collection, MiB: medians of the second and of the last quarter of the run. Alike
    /// means flat.
    public synchronized double[] heapQuartersMib() {
        return quarters(samples.stream().map(Sample::heapBytes).toList());
    }

    /// Resident memory of these parts together, MiB: as above.
    public synchronized double[] residentQuartersMib(List<String> parts) {
        return quarters(samples.stream()
                .map(sample -> parts.stream()
                        .mapToLong(part -> sample.residentBytes().getOrDefault(part, 0L))
                        .sum())
                .toList());
    }

    /// How many cores each part kept busy, on average from the end of the first quarter of the run, which warms up.
    public synchronized Map<String, Double> busyCores() {
        var cores = new TreeMap<String, Double>();
        if (samples.size() < 2) {
            return cores;
        }
        var first = samples.get(samples.size() / 4);
        var last = samples.getLast();
        pids.forEach((part, pid) -> {
            var used = last.processor()
                    .getOrDefault(pid, Duration.ZERO)
                    .minus(first.processor().getOrDefault(pid, Duration.ZERO));
            cores.put(part, used.toNanos() / (double) (last.nanos() - first.nanos()));
        });
        return cores;
    }

    /// What this process keeps on its heap once everything else is collected, which this call sees to: seconds for a
    /// full one.
    public static long collectedHeapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized void sample() {
        var resident = new HashMap<String, Long>();
        pids.forEach((part, pid) -> {
            resident.put(part, resident(pid));
            ProcessHandle.of(pid) // what a process had used when it went stays
                    .flatMap(process -> process.info().totalCpuDuration())
                    .ifPresent(used -> processorTimes.put(pid, used));
        });
        samples.add(new Sample(System.nanoTime(), liveHeap(), resident, Map.copyOf(processorTimes)));
    }

    private static long liveHeap() {
        long live = 0;
        for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
            var afterCollection = pool.getCollectionUsage();
            if (afterCollection != null) {
                live += afterCollection.getUsed();
            }
        }
        return live;
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
        return bytes.stream().sorted().skip(bytes.size() / 2).findFirst().orElse(0L) / MIB;
    }
}
