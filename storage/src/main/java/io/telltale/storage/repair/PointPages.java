package io.telltale.storage.repair;

import io.telltale.analytics.model.DeviceId;
import io.telltale.analytics.model.SeriesKey;
import io.telltale.storage.audit.Scope;
import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;

/// The distinct numbers of some series, series by series, by ascending event time. Read page by page: an hour of one
/// series may be a hundred points or a hundred million.
final class PointPages {
    private static final int PAGE = 200_000;
    private static final String SQL = """
            SELECT device, metric, event_time, value
            FROM telltale.points FINAL
            WHERE :series
                AND event_time >= fromUnixTimestamp64Milli({from:Int64})
                AND event_time < fromUnixTimestamp64Milli({to:Int64})
                AND (device, metric, event_time) > ({lastDevice:String}, {lastMetric:String}, fromUnixTimestamp64Milli({last:Int64}))
                AND NOT isNaN(value)
            ORDER BY device, metric, event_time
            LIMIT\s""" + PAGE;

    private final Queries queries;

    PointPages(Queries queries) {
        this.queries = queries;
    }

    void forEach(Scope.SomeSeries scope, long fromMillis, long toMillis, Visitor visitor) throws Exception {
        var place = new Place();
        do {
            Parameters parameters = scope.bind(new Parameters())
                    .withTime("from", fromMillis)
                    .withTime("to", toMillis)
                    .with("lastDevice", place.device)
                    .with("lastMetric", place.metric)
                    .withTime("last", place.eventTimeMillis);
            place.rows = queries.read(SQL.replace(":series", scope.ofSeries()), parameters, rows -> {
                int read = 0;
                for (; rows.hasNext(); read++) {
                    SeriesKey series = place.series(rows.readText(), rows.readText());
                    place.eventTimeMillis = rows.readLong();
                    visitor.visit(series, place.eventTimeMillis, rows.readDouble());
                }
                return read;
            });
        } while (place.rows == PAGE);
    }

    /// Where the reading has come to.
    private static final class Place {
        private String device = "";
        private String metric = "";
        private SeriesKey series = new SeriesKey(new DeviceId("none"), "none");
        private long eventTimeMillis;
        private int rows;

        SeriesKey series(String nextDevice, String nextMetric) {
            if (!nextDevice.equals(device) || !nextMetric.equals(metric)) {
                device = nextDevice;
                metric = nextMetric;
                series = new SeriesKey(new DeviceId(device), metric);
            }
            return series;
        }
    }

    @FunctionalInterface
    interface Visitor {
        void visit(SeriesKey series, long eventTimeMillis, double value);
    }
}
