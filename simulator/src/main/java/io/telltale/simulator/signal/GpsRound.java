package io.telltale.simulator.signal;

import java.util.SplittableRandom;

/// A closed round of straight legs between way points around a centre, driven at constant speed. A degree of
/// latitude is taken as 111.32 km; a town is flat at this scale.
final class GpsRound {
    private static final int WAY_POINTS = 8;
    private static final double KM_PER_DEGREE = 111.32;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final double latitude;
    private final double longitude;
    private final double kmPerDegreeEast;
    private final double kmPerMilli;
    private final double[] north = new double[WAY_POINTS + 1];
    private final double[] east = new double[WAY_POINTS + 1];
    /// How far each way point is along the round.
    private final double[] km = new double[WAY_POINTS + 1];

    GpsRound(SplittableRandom random, double latitude, double longitude, double radiusKm, double speedKmh) {
        this.latitude = latitude;
        this.longitude = longitude;
        this.kmPerDegreeEast = KM_PER_DEGREE * Math.cos(Math.toRadians(latitude));
        this.kmPerMilli = speedKmh / MILLIS_PER_HOUR;
        for (int i = 0; i < WAY_POINTS; i++) {
            double distance = radiusKm * Math.sqrt(random.nextDouble(0.1, 1));
            double angle = 2 * Math.PI * (i + random.nextDouble()) / WAY_POINTS;
            north[i] = distance * Math.cos(angle);
            east[i] = distance * Math.sin(angle);
        }
        north[WAY_POINTS] = north[0];
        east[WAY_POINTS] = east[0];
        for (int i = 1; i <= WAY_POINTS; i++) {
            km[i] = km[i - 1] + Math.hypot(north[i] - north[i - 1], east[i] - east[i - 1]);
        }
    }

    double latitude(long millis) {
        return latitude + along(north, millis) / KM_PER_DEGREE;
    }

    double longitude(long millis) {
        return longitude + along(east, millis) / kmPerDegreeEast;
    }

    private double along(double[] coordinate, long millis) {
        double driven = millis * kmPerMilli % km[WAY_POINTS];
        int leg = 1;
        while (leg < WAY_POINTS && km[leg] < driven) {
            leg++;
        }
        double share = (driven - km[leg - 1]) / (km[leg] - km[leg - 1]);
        return coordinate[leg - 1] + share * (coordinate[leg] - coordinate[leg - 1]);
    }
}
