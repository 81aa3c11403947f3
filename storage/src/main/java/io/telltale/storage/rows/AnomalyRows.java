package io.telltale.storage.rows;

import io.telltale.analytics.model.Anomaly;

final class AnomalyRows extends Block {
    private final Bytes device = column("device", "String").values();
    private final Bytes metric = column("metric", "String").values();
    private final Bytes kind = column("kind", "String").values();
    private final Bytes eventTime = column("event_time", "DateTime64(3, 'UTC')").values();
    private final Bytes since = column("since", "DateTime64(3, 'UTC')").values();
    private final Bytes score = column("score", "Float64").values();
    private final Bytes observed = column("observed", "Float64").values();
    private final Bytes expected = column("expected", "Float64").values();
    private final Bytes lower = column("lower", "Float64").values();
    private final Bytes upper = column("upper", "Float64").values();
    private final Bytes evidence = column("evidence", "String").values();
    private final Bytes explanation = column("explanation", "String").values();

    AnomalyRows() {
        super("anomalies");
    }

    void add(Anomaly anomaly) {
        device.putText(anomaly.series().device().value());
        metric.putText(anomaly.series().metric());
        kind.putText(anomaly.kind().name());
        eventTime.putLong(anomaly.eventTimeMillis());
        since.putLong(anomaly.sinceMillis());
        score.putDouble(anomaly.score());
        observed.putDouble(anomaly.observed());
        expected.putDouble(anomaly.expected());
        lower.putDouble(anomaly.lower());
        upper.putDouble(anomaly.upper());
        evidence.putText(String.join(",", anomaly.evidence()));
        explanation.putText(anomaly.explanation());
        endRow();
    }
}
