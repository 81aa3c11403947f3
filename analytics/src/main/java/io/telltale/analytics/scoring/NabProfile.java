package io.telltale.analytics.scoring;

/// What hits, false alarms and misses weigh.
public enum NabProfile {
    STANDARD(1, 0.11, 1),
    LOW_FALSE_POSITIVES(1, 0.22, 1),
    LOW_FALSE_NEGATIVES(1, 0.11, 2);

    final double hit;
    final double falseAlarm;
    final double miss;

    NabProfile(double hit, double falseAlarm, double miss) {
        this.hit = hit;
        this.falseAlarm = falseAlarm;
        this.miss = miss;
    }
}
