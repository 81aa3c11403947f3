package io.telltale.simulator.report;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How long acks took: in all, by stage, and by second. From the intended time of sending, so that a server
/// that makes its senders wait cannot hide it (no coordinated omission; Tene, "How NOT to measure latency",
/// 2013); beside it from the actual time, which is what tools that wait for each answer would tell. Belongs to
/// one thread.
final class Latencies {
    static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);
    static final int DIGITS = 3;

    private final long[] stageEndNanos;
    private final Histogram[] byStage;
    private final Histogram service;
    private final Timeline timeline;
    private long startNanos;

    Latencies(long[] stageEndNanos) {
        this.stageEndNanos = stageEndNanos.clone();
        this.byStage = new Histogram[stageEndNanos.length];
        for (int i = 0; i < byStage.length; i++) {
            byStage[i] = histogram();
        }
        this.service = histogram();
        this.timeline = new Timeline();
    }

    private Latencies(long[] stageEndNanos, Histogram[] byStage, Histogram service, Timeline timeline) {
        this.stageEndNanos = stageEndNanos;
        this.byStage = byStage;
        this.service = service;
        this.timeline = timeline;
    }

    static Histogram histogram() {
        return new Histogram(HIGHEST_MICROS, DIGITS);
    }

    void begin(long nowNanos) {
        startNanos = nowNanos;
        timeline.begin(nowNanos);
    }

    void sent() {
        timeline.sent();
    }

    void acked(long intendedNanos, long sentNanos, long nowNanos) {
        long micros = clamped(nowNanos - intendedNanos);
        byStage[stage(intendedNanos - startNanos)].recordValue(micros);
        service.recordValue(clamped(nowNanos - sentNanos));
        timeline.acked(micros);
    }

    void tick(long nowNanos, long connected, long unacked, long heapBytes) {
        timeline.tick(nowNanos, connected, unacked, heapBytes);
    }

    private int stage(long offsetNanos) {
        int stage = 0;
        while (stage < stageEndNanos.length - 1 && offsetNanos >= stageEndNanos[stage]) {
            stage++;
        }
        return stage;
    }

    static long clamped(long nanos) {
        return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, HIGHEST_MICROS);
    }

    Latencies copy() {
        var stages = new Histogram[byStage.length];
        for (int i = 0; i < stages.length; i++) {
            stages[i] = byStage[i].copy();
        }
        return new Latencies(stageEndNanos, stages, service.copy(), timeline.copy());
    }

    void add(Latencies other) {
        for (int i = 0; i < byStage.length; i++) {
            byStage[i].add(other.byStage[i]);
        }
        service.add(other.service);
        timeline.add(other.timeline);
    }

    Histogram all() {
        var all = histogram();
        for (var stage : byStage) {
            all.add(stage);
        }
        return all;
    }

    Histogram ofStage(int stage) {
        return byStage[stage];
    }

    Histogram service() {
        return service;
    }

    Timeline timeline() {
        return timeline;
    }
}
