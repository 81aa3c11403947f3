package io.telltale.simulator.device;

import java.util.SplittableRandom;

/// Which devices a fleet is made of.
public enum PayloadKind {
    /// Meters, thermometers and pumps in turn.
    MIXED,
    /// Water meters only, with `pulseCounter`, `leakage` and `batteryLevel`.
    SMART_METER;

    /// As the command line has it.
    @Override
    public String toString() {
        return switch (this) {
            case MIXED -> "mixed";
            case SMART_METER -> "smart-meter";
        };
    }

    /// @param number 1 for the first device of the fleet
    String deviceId(int number) {
        return switch (this) {
            case SMART_METER -> name("meter", number);
            case MIXED ->
                switch (number % 3) {
                    case 1 -> name("meter", number);
                    case 2 -> name("thermometer", number);
                    default -> name("pump", number);
                };
        };
    }

    Model model(int number, SplittableRandom random) {
        return switch (this) {
            case SMART_METER -> new SmartMeter(random);
            case MIXED ->
                switch (number % 3) {
                    case 1 -> new Meter(random);
                    case 2 -> new Thermometer(random);
                    default -> new Pump(random);
                };
        };
    }

    private static String name(String kind, int number) {
        return "%s-%06d".formatted(kind, number);
    }
}
