package io.telltale.dashboard.devices;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// One page of positions ordered by key, without ordering them all: only the bare keys are sorted (5 ms for 100,000),
/// which tells the range of keys on the page; a second pass picks the positions in that range.
final class Ranking {
    private Ranking() {}

    /// @param keys the key of each position
    /// @param offset how many to skip, below the number of keys
    /// @return positions by ascending key; equal keys by ascending position
    static int[] page(long[] keys, int offset, int size) {
        int end = (int) Math.min(keys.length, (long) offset + size);
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        long lowest = sorted[offset];
        long highest = sorted[end - 1];
        int lowestToSkip = offset - firstIndexOf(sorted, lowest);
        int highestToTake = end - Math.max(offset, firstIndexOf(sorted, highest));

        var positions = new int[end - offset];
        int found = 0;
        for (int i = 0; i < keys.length && found < positions.length; i++) {
            long key = keys[i];
            if (key < lowest || key > highest) {
                continue;
            }
            if (key == lowest && lowestToSkip > 0) {
                lowestToSkip--;
            } else if (key != highest || highestToTake-- > 0) {
                positions[found++] = i;
            }
        }
        return IntStream.of(positions)
                .boxed()
                .sorted(Comparator.comparingLong(i -> keys[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int firstIndexOf(long[] sorted, long key) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
