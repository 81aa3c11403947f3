package io.telltale.analytics.anomaly;

import io.telltale.analytics.model.Anomaly;
import io.telltale.analytics.model.SeriesKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The metrics of one device that move together, and when they stop doing so, though each by itself is as usual: a pump
/// that draws its power and moves no water. The first eight metrics that have learned take part; of their pairs four at
/// a time are watched, and one that turns out to be none makes room for the next ([Pair]).
///
/// Values count that have the same event time. O(1): four pairs a message at most, 250 bytes each. Single-threaded.
public final class Companions {
    private static final byte VERSION = 1;
    private static final int MOST_MEMBERS = 8;
    private static final int MOST_PAIRS = 4;

    /// The last points overlap, and what they are far from moves: a tail through such sums says too much.
    private static final double STRICTER = 2;
    private static final double RECENT_INTERVALS = 60;
    private static final SeriesDetectors[] NOBODY = {};
    private static final Pair[] NONE = {};

    private SeriesDetectors[] members = NOBODY;
    private double[] values = {};
    private Pair[] pairs = NONE;

    /// Whose value at [#timeMillis] has come, a bit each.
    private int present;

    private long timeMillis = Long.MIN_VALUE;

    /// How far the search for pairs has come.
    private int tried;

    /// A fresh point of one metric, in event-time order.
    public void see(SeriesDetectors metric, long eventTimeMillis, double value, Consumer<Anomaly> found) {
        if (eventTimeMillis != timeMillis) {
            conclude(found);
            timeMillis = eventTimeMillis;
        }
        int place = placeOf(metric);
        if (place >= 0) {
            values[place] = value;
            present |= 1 << place;
        }
    }

    /// No more is to come of this event time for now: what is there is judged.
    public void conclude(Consumer<Anomaly> found) {
        if (Integer.bitCount(present) > 1) {
            judge(found);
        }
        present = 0;
    }

    private int placeOf(SeriesDetectors metric) {
        for (int i = 0; i < members.length; i++) {
            if (members[i] == metric) {
                return i;
            }
        }
        if (members.length == MOST_MEMBERS || !metric.hasLearned()) {
            return -1;
        }
        return join(metric);
    }

    private int join(SeriesDetectors metric) {
        members = Arrays.copyOf(members, members.length + 1);
        values = Arrays.copyOf(values, members.length);
        members[members.length - 1] = metric;
        return members.length - 1;
    }

    private void judge(Consumer<Anomaly> found) {
        search();
        Pair oddest = null;
        double most = 0;
        for (int i = 0; i < pairs.length; i++) {
            var pair = pairs[i];
            if ((present & 1 << pair.one) == 0 || (present & 1 << pair.two) == 0) {
                continue;
            }
            double decades = pair.add(timeMillis, values[pair.one], values[pair.two]);
            if (pair.isHopeless()) {
                pairs[i] = next(i);
            } else if (decades > most && decades >= needed(pair)) {
                most = decades;
                oddest = pair;
            }
        }
        if (oddest != null) {
            tell(oddest, most, found);
        }
    }

    private double needed(Pair pair) {
        return STRICTER * Math.max(members[pair.one].decades(), members[pair.two].decades());
    }

    private void search() {
        int possible = members.length * (members.length - 1) / 2;
        if (pairs.length < Math.min(possible, MOST_PAIRS)) {
            pairs = Arrays.copyOf(pairs, pairs.length + 1);
            pairs[pairs.length - 1] = next(pairs.length - 1);
        }
    }

    /// In turn, one that none but that at `place` is.
    private Pair next(int place) {
        int possible = members.length * (members.length - 1) / 2;
        for (int i = 0; i < possible; i++) {
            int number = tried++ % possible;
            int two = 1;
            while (number >= two) {
                number -= two++;
            }
            if (!isWatched(number, two, place)) {
                return new Pair(number, two);
            }
        }
        throw new IllegalStateException("fewer pairs than are watched: " + possible);
    }

    private boolean isWatched(int one, int two, int butAt) {
        for (int i = 0; i < pairs.length; i++) {
            if (i != butAt && pairs[i].one == one && pairs[i].two == two) {
                return true;
            }
        }
        return false;
    }

    /// Once for all pairs that one metric breaks; and not what a metric was told of by itself.
    private void tell(Pair oddest, double decades, Consumer<Anomaly> found) {
        boolean isExplained = wasTold(oddest, members[oddest.one]) || wasTold(oddest, members[oddest.two]);
        for (Pair pair : pairs) {
            if (pair.one == oddest.one || pair.one == oddest.two || pair.two == oddest.one || pair.two == oddest.two) {
                pair.told();
            }
        }
        if (!isExplained) {
            found.accept(anomaly(oddest, decades, oddest.isOneOdder()));
        }
    }

    private static boolean wasTold(Pair pair, SeriesDetectors member) {
        return member.toldMillis() >= pair.sinceMillis() - RECENT_INTERVALS * member.intervalMillis();
    }

    private Anomaly anomaly(Pair pair, double decades, boolean ofOne) {
        SeriesKey series = members[ofOne ? pair.one : pair.two].series();
        var other = members[ofOne ? pair.two : pair.one].series().metric();
        double value = values[ofOne ? pair.one : pair.two];
        double ofOther = values[ofOne ? pair.two : pair.one];
        double expected = ofOne ? pair.expectedOne(ofOther) : pair.expectedTwo(ofOther);
        double sigma = Scale.SIGMAS_PER_MEAN_MISS * (ofOne ? pair.usualMissOfOne() : pair.usualMissOfTwo());
        return new Anomaly(
                series,
                Anomaly.Kind.CORRELATION,
                timeMillis,
                pair.sinceMillis(),
                Scale.score(decades),
                value,
                expected,
                expected - Scale.BAND_SIGMAS * sigma,
                expected + Scale.BAND_SIGMAS * sigma,
                List.of("correlation", other),
                String.format(
                        Locale.ROOT,
                        "%.4g is %.1f sigma %s the %.4g that %s at %.4g lets expect; their correlation was %.2f until"
                                + " %s",
                        value,
                        Math.abs(value - expected) / sigma,
                        value > expected ? "above" : "below",
                        expected,
                        other,
                        ofOther,
                        pair.correlationBefore(),
                        Instant.ofEpochMilli(pair.sinceMillis())));
    }

    /// The state in a compact, versioned form.
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(members.length);
        for (SeriesDetectors member : members) {
            out.writeUTF(member.series().metric());
        }
        out.writeLong(timeMillis);
        out.writeInt(tried);
        out.writeByte(pairs.length);
        for (Pair pair : pairs) {
            out.writeByte(pair.one);
            out.writeByte(pair.two);
            pair.write(out);
        }
    }

    /// Takes over a state that [#write] wrote.
    ///
    /// @param metrics by name; null for one that is not known
    /// @return whether it was of this version and its metrics are known; when not, all is learned anew
    public boolean read(DataInput in, Function<String, @Nullable SeriesDetectors> metrics) throws IOException {
        if (in.readByte() != VERSION) {
            return false;
        }
        var known = new SeriesDetectors[Math.clamp(in.readByte(), 0, MOST_MEMBERS)];
        for (int i = 0; i < known.length; i++) {
            var metric = metrics.apply(in.readUTF());
            if (metric == null) {
                return false;
            }
            known[i] = metric;
        }
        long readMillis = in.readLong();
        int readTried = in.readInt();
        var readPairs = new Pair[Math.clamp(in.readByte(), 0, MOST_PAIRS)];
        for (int i = 0; i < readPairs.length; i++) {
            int one = in.readByte();
            int two = in.readByte();
            if (one < 0 || one >= two || two >= known.length) {
                return false;
            }
            readPairs[i] = new Pair(one, two);
            readPairs[i].read(in);
        }
        members = known;
        values = new double[known.length];
        pairs = readPairs;
        timeMillis = readMillis;
        tried = Math.max(0, readTried);
        return true;
    }
}
