package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// Holds one metric of a device against its peers: how far its mean of an interval is from their median,
/// against how far it usually is, and how far they are from each other. What all of them do together is
/// nobody's anomaly, and who has always been different is not told either. O(1), 300 bytes. Single-threaded.
public final class PeerJudge {
    private static final long NEVER = Long.MIN_VALUE;
    private static final int FOLLOWING = 500;
    private static final int KNOWN = 60;
    private static final double FAR_SPREADS = 3;
    private static final double FLOOR = 0.1;
    private static final double MOST_PARTS = 4;
    private static final double RELATIVE_FLOOR = 1e-4;
    private static final double TINY = 1e-30;
    private static final double LEAST_DECADES = 3;
    private static final double DAY_MILLIS = 86_400_000;
    private static final double BAND = Scale.BAND_SIGMAS * Scale.SIGMAS_PER_MEAN_MISS;

    private final SeriesDetectors metric;
    private final PeerMetric peers;
    private final double falseAlarmsPerDay;
    private final Mean usual = new Mean(FOLLOWING);
    private final Spread spread = new Spread(FOLLOWING);
    private final BulkTail misses = new BulkTail();
    private final Event event = new Event();
    private long interval = NEVER;
    private double sum;
    private int points;
    private double meanBefore;
    private long intervalBefore = NEVER;
    private int seen;

    public PeerJudge(SeriesDetectors metric, PeerMetric peers, Detection detection) {
        this.metric = metric;
        this.peers = peers;
        falseAlarmsPerDay = detection.falseAlarmsPerDay();
    }

    /// A fresh point, in the order of arrival: devices' clocks differ, ours is one.
    public void add(long arrivalMillis, double value, Consumer<Anomaly> found) {
        long now = peers.intervalOf(arrivalMillis);
        if (now > interval) {
            leave(now, found);
        }
        sum += value;
        points++;
    }

    private void leave(long now, Consumer<Anomaly> found) {
        if (points > 0) {
            double left = sum / points;
            if (interval == now - 1) {
                peers.say(interval, left);
            }
            var reference = peers.latest();
            if (intervalBefore != NEVER && reference.interval() == intervalBefore) {
                judge(meanBefore, reference, found);
            }
            meanBefore = left;
            intervalBefore = interval;
        }
        interval = now;
        sum = 0;
        points = 0;
    }

    private void judge(double own, PeerMetric.Reference reference, Consumer<Anomaly> found) {
        double unit = Math.max(reference.spread(), RELATIVE_FLOOR * Math.abs(reference.median()) + TINY);
        double off = own - reference.median();
        double miss = off - usual.value();
        double ordinary = Math.max(spread.value(), FLOOR * unit);
        double decades = misses.add(Math.abs(miss) / ordinary);
        if (seen >= KNOWN) {
            boolean isFar = Math.min(Math.abs(off), Math.abs(miss)) >= FAR_SPREADS * unit;
            long atMillis = (reference.interval() + 1) * peers.intervalMillis();
            double together = event.add(atMillis, isFar ? decades : 0, off, usual.value());
            if (together >= needed() && event.tell(atMillis, usual.value())) {
                tell(own, unit, together, reference, found);
            }
            miss = Math.clamp(miss, -MOST_PARTS * ordinary, MOST_PARTS * ordinary);
        } else {
            seen++;
        }
        spread.add(miss, FLOOR * unit);
        usual.add(usual.value() + miss);
    }

    private double needed() {
        double decades = Math.log10(DAY_MILLIS / peers.intervalMillis() / falseAlarmsPerDay);
        return metric.strictness() * Math.max(LEAST_DECADES, decades);
    }

    private void tell(
            double own, double unit, double decades, PeerMetric.Reference reference, Consumer<Anomaly> found) {
        double off = (own - reference.median()) / unit;
        double usually = usual.value() / unit;
        double expected = reference.median() + usual.value();
        double halfBand = BAND * Math.max(spread.value(), FLOOR * unit);
        found.accept(new Anomaly(
                metric.series(),
                Anomaly.Kind.PEERS,
                (reference.interval() + 1) * peers.intervalMillis(),
                event.sinceMillis(),
                Scale.score(decades),
                own,
                expected,
                expected - halfBand,
                expected + halfBand,
                List.of("peers", peers.type()),
                String.format(
                        Locale.ROOT,
                        "%.4g on average is %.1f spreads %s the %.4g of %d %s; usually it is %.1f %s; since %s",
                        own,
                        Math.abs(off),
                        side(off),
                        reference.median(),
                        reference.devices(),
                        peers.type(),
                        Math.abs(usually),
                        side(usually),
                        Instant.ofEpochMilli(event.sinceMillis()))));
    }

    private static String side(double off) {
        return off > 0 ? "above" : "below";
    }

    /// What it has learned, without the interval that is under way.
    public void write(DataOutput out) throws IOException {
        out.writeByte(seen);
        usual.write(out);
        spread.write(out);
        misses.write(out);
        event.write(out);
    }

    /// Takes over a state that [#write] wrote.
    public void read(DataInput in) throws IOException {
        seen = in.readByte();
        usual.read(in);
        spread.read(in);
        misses.read(in);
        event.read(in);
    }
}
