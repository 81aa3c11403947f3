package io.telltale.analytics.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// Two metrics that may move together: a regression of each on the other that follows over some 1,000 points, and how
/// far from it the last 30 points are against how far such points usually are ([BulkTail]). What is far from its own
/// usual counts no more than four sigmas, so one wild value does not spoil the regression: Huber, "Robust regression:
/// asymptotics, conjectures and Monte Carlo", Annals of Statistics 1 (1973). O(1).
///
/// Two series that each wander look alike for a while (Yule, "Why do we sometimes get nonsense-correlations between
/// time-series?", Journal of the Royal Statistical Society 89 (1926)), so a pair is trusted only after its correlation
/// has been strong at every one of [#PROBATION] points.
final class Pair {
    private static final int FOLLOWING = 1000;
    private static final int BEGINNING = 300;
    private static final int PROBATION = 1000;
    private static final int BOUNDED_FROM = 50;
    private static final double MOST_SIGMAS = 4;
    private static final double ORDINARY_SIGMAS = 3.5;
    private static final float LATELY = 1 / 30f;
    private static final double MOST_ENERGY = 9;
    private static final double STRONG = 0.7;
    private static final double WEAK = 0.4;
    private static final double ASTRAY_DECADES = 1.5;

    final byte one;
    final byte two;
    private double meanOne;
    private double meanTwo;
    private float varianceOne;
    private float varianceTwo;
    private float covariance;
    private float energy;
    private float lean;
    private float before;
    private int seen;
    private int strong;
    private long sinceMillis = Long.MIN_VALUE;
    private boolean isTold;
    private final Spread spread = new Spread(FOLLOWING);
    private final BulkTail energies = new BulkTail();

    /// @param one place of a metric among the members
    Pair(int one, int two) {
        this.one = (byte) one;
        this.two = (byte) two;
    }

    /// Learns a point of both, after it has judged it.
    ///
    /// @return decades of improbability of the distance that the last points keep
    double add(long timeMillis, double x, double y) {
        if (seen++ == 0) {
            meanOne = x;
            meanTwo = y;
        }
        double awayOne = away(x - meanOne, varianceOne);
        double awayTwo = away(y - meanTwo, varianceTwo);
        double rest = varianceOne > 0 ? awayTwo - covariance / varianceOne * awayOne : awayTwo;
        double decades = judge(timeMillis, x, y, rest);
        double weight = 1.0 / Math.min(seen, FOLLOWING);
        meanOne += weight * awayOne;
        meanTwo += weight * awayTwo;
        varianceOne += (float) (weight * (awayOne * awayOne - varianceOne));
        varianceTwo += (float) (weight * (awayTwo * awayTwo - varianceTwo));
        covariance += (float) (weight * (awayOne * awayTwo - covariance));
        spread.add(rest, 0);
        return decades;
    }

    private double away(double distance, double variance) {
        double most = seen > BOUNDED_FROM ? MOST_SIGMAS * Math.sqrt(variance) : Double.MAX_VALUE;
        return Math.clamp(distance, -most, most);
    }

    private double judge(long timeMillis, double x, double y, double rest) {
        if (seen <= BEGINNING || !(spread.value() > 0)) {
            return 0;
        }
        double spreads = rest / spread.value();
        double share = Math.max(LATELY, 1.0 / (seen - BEGINNING));
        energy += (float) (share * (Math.min(spreads * spreads, MOST_ENERGY) - energy));
        double sigmasOne = Math.abs(x - meanOne) / Math.sqrt(varianceOne);
        double sigmasTwo = Math.abs(y - meanTwo) / Math.sqrt(varianceTwo);
        lean += LATELY * (float) (Math.min(sigmasOne, MOST_SIGMAS) - Math.min(sigmasTwo, MOST_SIGMAS) - lean);
        strong = strong < PROBATION && strength() < STRONG ? 0 : Math.min(strong + 1, PROBATION);
        double decades = energies.add(energy);
        if (decades < ASTRAY_DECADES) {
            sinceMillis = Long.MIN_VALUE;
            isTold = false;
        } else if (sinceMillis == Long.MIN_VALUE) {
            sinceMillis = timeMillis;
            before = (float) correlation();
        }
        boolean isEachOrdinary = sigmasOne <= ORDINARY_SIGMAS && sigmasTwo <= ORDINARY_SIGMAS;
        return strong == PROBATION && isEachOrdinary && !isTold ? decades : 0;
    }

    /// The share of either's variance that the other explains.
    private double strength() {
        double product = (double) varianceOne * varianceTwo;
        return product > 0 ? (double) covariance * covariance / product : 0;
    }

    private double correlation() {
        return Math.signum(covariance) * Math.sqrt(strength());
    }

    /// Has it had its chance, and is it no pair, or none any more?
    boolean isHopeless() {
        return seen > BEGINNING && strength() < (strong == PROBATION ? WEAK : STRONG);
    }

    /// Nothing more of what is under way.
    void told() {
        isTold = true;
    }

    /// Since when they have gone apart.
    long sinceMillis() {
        return sinceMillis;
    }

    /// Their correlation when they began to.
    double correlationBefore() {
        return before;
    }

    /// Whether the first is further from where it usually is than the second, so that it is the one to look at.
    boolean isOneOdder() {
        return lean > 0;
    }

    /// What the second lets expect of the first.
    double expectedOne(double y) {
        return meanOne + covariance / varianceTwo * (y - meanTwo);
    }

    double expectedTwo(double x) {
        return meanTwo + covariance / varianceOne * (x - meanOne);
    }

    double usualMissOfOne() {
        return spread.value() * Math.sqrt(varianceOne / varianceTwo);
    }

    double usualMissOfTwo() {
        return spread.value();
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(meanOne);
        out.writeDouble(meanTwo);
        out.writeFloat(varianceOne);
        out.writeFloat(varianceTwo);
        out.writeFloat(covariance);
        out.writeFloat(energy);
        out.writeFloat(lean);
        out.writeFloat(before);
        out.writeInt(seen);
        out.writeInt(strong);
        out.writeLong(sinceMillis);
        out.writeBoolean(isTold);
        spread.write(out);
        energies.write(out);
    }

    void read(DataInput in) throws IOException {
        meanOne = in.readDouble();
        meanTwo = in.readDouble();
        varianceOne = in.readFloat();
        varianceTwo = in.readFloat();
        covariance = in.readFloat();
        energy = in.readFloat();
        lean = in.readFloat();
        before = in.readFloat();
        seen = in.readInt();
        strong = in.readInt();
        sinceMillis = in.readLong();
        isTold = in.readBoolean();
        spread.read(in);
        energies.read(in);
    }
}
