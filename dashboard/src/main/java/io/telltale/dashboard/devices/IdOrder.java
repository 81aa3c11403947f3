package io.telltale.dashboard.devices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Entries by ascending id. Adding is a step of a lock-free queue; the order is made up when somebody asks, by merging
/// the sorted newcomers into what was sorted before. Thread-safe.
final class IdOrder {
    private static final Comparator<DeviceEntry> BY_ID = Comparator.comparing(DeviceEntry::id);

    private final ConcurrentLinkedQueue<DeviceEntry> newcomers = new ConcurrentLinkedQueue<>();
    private DeviceEntry[] sorted = {};

    void add(DeviceEntry entry) {
        newcomers.add(entry);
    }

    /// Shared: not to be written to.
    synchronized DeviceEntry[] entries() {
        var fresh = new ArrayList<DeviceEntry>();
        for (var entry = newcomers.poll(); entry != null; entry = newcomers.poll()) {
            fresh.add(entry);
        }
        if (!fresh.isEmpty()) {
            fresh.sort(BY_ID);
            sorted = merge(sorted, fresh.toArray(DeviceEntry[]::new));
        }
        return sorted;
    }

    private static DeviceEntry[] merge(DeviceEntry[] left, DeviceEntry[] right) {
        var merged = new DeviceEntry[left.length + right.length];
        int l = 0;
        int r = 0;
        for (int i = 0; i < merged.length; i++) {
            boolean takeLeft = r == right.length || (l < left.length && BY_ID.compare(left[l], right[r]) <= 0);
            merged[i] = takeLeft ? left[l++] : right[r++];
        }
        return merged;
    }
}
