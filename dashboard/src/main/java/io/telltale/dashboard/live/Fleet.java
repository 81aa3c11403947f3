package io.telltale.dashboard.live;

import java.util.concurrent.atomic.LongAdder;

/// Totals of everything that passed the tap, and how they grew lately. Thread-safe; adding is uncontended.
final class Fleet {
    private static final int RATE_SECONDS = 10;

    private final LongAdder messages = new LongAdder();
    private final LongAdder points = new LongAdder();
    private final LongAdder anomalies = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final SlidingTotal messageRate = new SlidingTotal(1000, RATE_SECONDS);
    private final SlidingTotal pointRate = new SlidingTotal(1000, RATE_SECONDS);
    private final SlidingTotal anomalyHour = new SlidingTotal(60_000, 60);
    private final SlidingTotal deadLetterHour = new SlidingTotal(60_000, 60);

    Fleet(long nowMillis) {
        tick(nowMillis);
    }

    void message(int pointsInIt) {
        messages.increment();
        points.add(pointsInIt);
    }

    void anomalies(int found) {
        anomalies.add(found);
    }

    void deadLetter() {
        deadLetters.increment();
    }

    /// To be called once a second.
    void tick(long nowMillis) {
        messageRate.sample(nowMillis, messages.sum());
        pointRate.sample(nowMillis, points.sum());
        anomalyHour.sample(nowMillis, anomalies.sum());
        deadLetterHour.sample(nowMillis, deadLetters.sum());
    }

    double messagesPerSecond() {
        return messageRate.perSecond();
    }

    double pointsPerSecond() {
        return pointRate.perSecond();
    }

    long anomaliesLastHour() {
        return anomalyHour.growth(anomalies.sum());
    }

    long deadLettersLastHour() {
        return deadLetterHour.growth(deadLetters.sum());
    }
}
