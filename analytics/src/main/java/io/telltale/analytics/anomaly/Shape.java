package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// How differently the last 200 values are spread from the last 2,000: the chi-squared distance of their shares of
/// eight bins, which are eighths of a sample of some 2,000 values. Pearson, "On the criterion that a given system of
/// deviations ...", Philosophical Magazine 50 (1900). O(1); the sample is sorted every 256th value.
final class Shape {
    static final int BINS = 8;
    private static final int SAMPLE = 64;
    private static final int SAMPLED_EVERY = 32;
    private static final int SORTED_EVERY = 256;
    private static final int FIRST_SORT = 16;
    private static final float SOON = 1 / 200f;
    private static final float LATE = 1 / 2000f;
    private static final double LEAST_SHARE = 0.01;

    /// Fibonacci hashing (Knuth, "The Art of Computer Programming" 3): which of the sample a value replaces has
    /// nothing to do with any cycle of the series.
    private static final int SCATTER = 0x9E3779B9;

    private final float[] sample = new float[SAMPLE];
    private final float[] edges = new float[BINS - 1];
    private final float[] lately = new float[BINS];
    private final float[] before = new float[BINS];
    private final RankTail distances = new RankTail();
    private int seen;

    /// Of the last value; not part of the state.
    private byte bin;

    /// Learns a value, after it has judged it.
    ///
    /// @param isLearned whether it is usual from now on to be that far from before
    /// @return decades of improbability
    double add(double x, boolean isLearned) {
        bin = (byte) (seen < FIRST_SORT ? 0 : bin((float) x));
        seen++;
        take((float) x);
        float soon = Math.max(SOON, 1f / seen);
        float late = Math.max(LATE, 1f / seen);
        double distance = 0;
        for (int i = 0; i < BINS; i++) {
            float now = i == bin ? 1 : 0;
            lately[i] += (now - lately[i]) * soon;
            before[i] += (now - before[i]) * late;
            double off = lately[i] - before[i];
            distance += off * off / (before[i] + LEAST_SHARE);
        }
        return distances.add(distance, isLearned);
    }

    /// In which eighth of the values before the last one lay, from 0 on.
    int bin() {
        return bin;
    }

    private int bin(float x) {
        int place = 0;
        while (place < edges.length && x > edges[place]) {
            place++;
        }
        return place;
    }

    private void take(float x) {
        if (seen <= SAMPLE) {
            sample[seen - 1] = x;
        } else if (seen % SAMPLED_EVERY == 0) {
            sample[((seen / SAMPLED_EVERY * SCATTER) >>> 16) % SAMPLE] = x;
        }
        boolean isDue = seen < SAMPLE ? Integer.bitCount(seen) == 1 : seen % SORTED_EVERY == 0;
        if (isDue || seen == SAMPLE) {
            sort();
        }
    }

    private void sort() {
        var sorted = Arrays.copyOf(sample, Math.min(seen, SAMPLE));
        Arrays.sort(sorted);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = sorted[Math.min(sorted.length - 1, (i + 1) * sorted.length / BINS)];
        }
    }

    /// How much of the sample says it all, as the rest is the same value over and over; 1 at least.
    private int differentSample() {
        int different = SAMPLE;
        while (different > 1 && sample[different - 1] == sample[different - 2]) {
            different--;
        }
        return different;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(seen);
        int different = differentSample();
        out.writeByte(different);
        for (int i = 0; i < different; i++) {
            out.writeFloat(sample[i]);
        }
        for (float edge : edges) {
            out.writeFloat(edge);
        }
        for (int i = 0; i < BINS; i++) {
            Halves.write(lately[i], out);
            Halves.write(before[i], out);
        }
        distances.write(out);
    }

    void read(DataInput in) throws IOException {
        seen = in.readInt();
        int different = Math.clamp(in.readByte(), 1, SAMPLE);
        for (int i = 0; i < different; i++) {
            sample[i] = in.readFloat();
        }
        Arrays.fill(sample, different, SAMPLE, sample[different - 1]);
        for (int i = 0; i < edges.length; i++) {
            edges[i] = in.readFloat();
        }
        for (int i = 0; i < BINS; i++) {
            lately[i] = Halves.read(in);
            before[i] = Halves.read(in);
        }
        distances.read(in);
    }
}
