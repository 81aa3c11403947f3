package io.telltale.analytics.sketch;

import io.telltale.analytics.model.SketchBuckets;
import java.util.Arrays;

/// Quantiles with a relative error of at most 1 %, mergeable, and the same whatever the order of the values.
/// Masson, Rim and Lee, "DDSketch: a fast and fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12
/// (2019).
///
/// A value falls into the bucket `ceil(log(|value|) / log(gamma))`. In the portable form an index carries the sign as
/// well: 0 is the bucket of zero, an index above 0 is that of a positive value, shifted by 40,000 to be above 0 for the
/// smallest double too, and a negative value has the negated index of its magnitude. So ascending indexes are ascending
/// values.
///
/// At most 512 buckets; beyond, the lowest ones are joined and only the lowest quantiles lose their guarantee.
/// `add` costs O(buckets) at worst, mostly O(log buckets). Single-threaded.
public final class QuantileSketch {
    public static final double RELATIVE_ERROR = 0.01;
    static final int MAX_BUCKETS = 512;

    private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LOG_GAMMA = Math.log(GAMMA);
    private static final int SHIFT = 40_000;

    private static final int COUNT_BITS = 14;
    private static final int MOST_IN_CELL = (1 << COUNT_BITS) - 1;
    private static final int[] NONE = {};

    /// Ascending, of each bucket its index and, in the lowest bits, its count: an index has 18 bits.
    private int[] cells = NONE;

    /// What of each count is beyond those bits; nothing as long as all fit.
    private int[] carries = NONE;

    private int size;

    /// The bucket of a finite value, for callers that add one value to several sketches.
    public static int bucketOf(double value) {
        if (value == 0) {
            return 0;
        }
        int magnitude = (int) Math.ceil(Math.log(Math.abs(value)) / LOG_GAMMA) + SHIFT;
        return value > 0 ? magnitude : -magnitude;
    }

    /// @param value finite
    public void add(double value) {
        addBucket(bucketOf(value));
    }

    public void addBucket(int bucket) {
        add(bucket, 1);
    }

    public void merge(SketchBuckets other) {
        for (int i = 0; i < other.indexes().length; i++) {
            add(other.indexes()[i], other.counts()[i]);
        }
    }

    public void merge(QuantileSketch other) {
        for (int i = 0; i < other.size; i++) {
            add(other.indexAt(i), other.countAt(i));
        }
    }

    public SketchBuckets toBuckets() {
        if (size == 0) {
            return SketchBuckets.EMPTY;
        }
        int[] indexes = new int[size];
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            indexes[i] = indexAt(i);
            counts[i] = countAt(i);
        }
        return new SketchBuckets(indexes, counts);
    }

    /// The sketch of both sets of values together.
    public static SketchBuckets merge(SketchBuckets one, SketchBuckets other) {
        var both = new QuantileSketch();
        both.merge(one);
        both.merge(other);
        return both.toBuckets();
    }

    /// @param q 0 (the least) to 1 (the greatest)
    /// @return within 1 % of the value of that rank; NaN when `buckets` are empty
    public static double quantile(SketchBuckets buckets, double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile: expected 0 to 1, got " + q);
        }
        long total = 0;
        for (int count : buckets.counts()) {
            total += count;
        }
        double rank = q * (total - 1);
        long seen = 0;
        for (int i = 0; i < buckets.counts().length; i++) {
            seen += buckets.counts()[i];
            if (seen > rank) {
                return valueOf(buckets.indexes()[i]);
            }
        }
        return Double.NaN;
    }

    private void add(int index, int count) {
        int at = find(index);
        if (at < size && indexAt(at) == index) {
            set(at, index, countAt(at) + count);
            return;
        }
        if (size == MAX_BUCKETS) {
            // One too many: of all, the new one included, the lowest joins the second lowest.
            if (at <= 1) {
                set(0, at == 0 ? indexAt(0) : index, countAt(0) + count);
                return;
            }
            set(1, indexAt(1), countAt(0) + countAt(1));
            size--;
            at--;
            move(1, 0, size);
        } else if (size == cells.length) {
            cells = Arrays.copyOf(cells, Math.min(roomier(size), MAX_BUCKETS));
            carries = carries.length == 0 ? NONE : Arrays.copyOf(carries, cells.length);
        }
        move(at, at + 1, size - at);
        set(at, index, count);
        size++;
    }

    /// By a half, and odd, so that memory is full to the word.
    private static int roomier(int size) {
        return (size + size / 2 + 1) | 1;
    }

    /// Where a bucket is, or belongs.
    private int find(int index) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (indexAt(middle) < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int indexAt(int at) {
        return cells[at] >> COUNT_BITS;
    }

    private int countAt(int at) {
        int low = cells[at] & MOST_IN_CELL;
        return carries.length == 0 ? low : low + (carries[at] << COUNT_BITS);
    }

    private void set(int at, int index, int count) {
        cells[at] = index << COUNT_BITS | (count & MOST_IN_CELL);
        if (count > MOST_IN_CELL && carries.length == 0) {
            carries = new int[cells.length];
        }
        if (carries.length > 0) {
            carries[at] = count >>> COUNT_BITS;
        }
    }

    private void move(int from, int to, int number) {
        System.arraycopy(cells, from, cells, to, number);
        if (carries.length > 0) {
            System.arraycopy(carries, from, carries, to, number);
        }
    }

    private static double valueOf(int index) {
        if (index == 0) {
            return 0;
        }
        double magnitude = 2 * Math.pow(GAMMA, Math.abs(index) - SHIFT) / (GAMMA + 1);
        return index > 0 ? magnitude : -magnitude;
    }
}
