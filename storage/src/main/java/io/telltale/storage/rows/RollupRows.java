package io.telltale.storage.rows;

import io.telltale.analytics.model.Rollup;

final class RollupRows extends Block {
    private final Bytes device = column("device", "String").values();
    private final Bytes metric = column("metric", "String").values();
    private final Bytes width = column("width_millis", "UInt64").values();
    private final Bytes windowStart =
            column("window_start", "DateTime64(3, 'UTC')").values();
    private final Bytes version = column("version", "UInt64").values();
    private final Bytes emission = column("emission", "UInt8").values();
    private final Bytes count = column("count", "UInt64").values();
    private final Bytes sum = column("sum", "Float64").values();
    private final Bytes min = column("min", "Float64").values();
    private final Bytes max = column("max", "Float64").values();
    private final Bytes mean = column("mean", "Float64").values();
    private final Bytes m2 = column("m2", "Float64").values();
    private final Bytes firstTime = column("first_time", "DateTime64(3, 'UTC')").values();
    private final Bytes firstValue = column("first_value", "Float64").values();
    private final Bytes lastTime = column("last_time", "DateTime64(3, 'UTC')").values();
    private final Bytes lastValue = column("last_value", "Float64").values();
    private final Column sketchIndexes = column("sketch_indexes", "Array(Int32)");
    private final Column sketchCounts = column("sketch_counts", "Array(Int32)");

    RollupRows() {
        super("rollups");
    }

    void add(Rollup rollup) {
        device.putText(rollup.series().device().value());
        metric.putText(rollup.series().metric());
        width.putLong(rollup.widthMillis());
        windowStart.putLong(rollup.windowStartMillis());
        version.putLong(rollup.version());
        emission.putVarint(rollup.emission().code());
        count.putLong(rollup.count());
        sum.putDouble(rollup.sum());
        min.putDouble(rollup.min());
        max.putDouble(rollup.max());
        mean.putDouble(rollup.mean());
        m2.putDouble(rollup.m2());
        firstTime.putLong(rollup.firstMillis());
        firstValue.putDouble(rollup.firstValue());
        lastTime.putLong(rollup.lastMillis());
        lastValue.putDouble(rollup.lastValue());
        putArray(sketchIndexes, rollup.quantiles().indexes());
        putArray(sketchCounts, rollup.quantiles().counts());
        endRow();
    }

    private static void putArray(Column column, int[] elements) {
        for (int element : elements) {
            column.values().putInt(element);
        }
        column.endArray(elements.length);
    }
}
