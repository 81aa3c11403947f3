package io.telltale.storage.audit;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.read.Parameters;
import java.util.Collection;
import java.util.List;

/// Whose windows: a condition on the columns `device` and `metric`, which every table has first in its key.
public sealed interface Scope {

    record AllDevices() implements Scope {}

    record OneDevice(DeviceId device) implements Scope {}

    /// @param after not itself
    /// @param upTo itself too; empty when there is no end
    record Devices(String after, String upTo) implements Scope {}

    record SomeSeries(List<SeriesKey> series) implements Scope {
        public SomeSeries(Collection<SeriesKey> series) {
            this(List.copyOf(series));
        }
    }

    default String ofDevices() {
        return switch (this) {
            case AllDevices _ -> "true";
            case OneDevice _ -> "device = {device:String}";
            case Devices range ->
                "device > {after:String}" + (range.upTo().isEmpty() ? "" : " AND device <= {upTo:String}");
            case SomeSeries _ -> "device IN {devices:Array(String)}";
        };
    }

    /// A series is named by both names together; should two series share that, one too many is looked at.
    default String ofSeries() {
        return this instanceof SomeSeries
                ? ofDevices() + " AND concat(device, '/', metric) IN {series:Array(String)}"
                : ofDevices();
    }

    default Parameters bind(Parameters parameters) {
        return switch (this) {
            case AllDevices _ -> parameters;
            case OneDevice(DeviceId device) -> parameters.with("device", device.value());
            case Devices(String after, String upTo) ->
                parameters.with("after", after).with("upTo", upTo);
            case SomeSeries(List<SeriesKey> series) ->
                parameters
                        .with(
                                "devices",
                                series.stream()
                                        .map(key -> key.device().value())
                                        .distinct()
                                        .toList())
                        .with(
                                "series",
                                series.stream()
                                        .map(key -> key.device().value() + "/" + key.metric())
                                        .toList());
        };
    }
}
