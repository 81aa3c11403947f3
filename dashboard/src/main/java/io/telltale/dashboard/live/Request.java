package io.telltale.dashboard.live;

/// What a browser's message turned out to be.
sealed interface Request {
    record Accepted(Watch watch) implements Request {}

    record Refused(String detail) implements Request {}

    static Request of(String text) {
        try {
            return new Accepted(Watch.parse(text));
        } catch (IllegalArgumentException wrong) {
            return new Refused(String.valueOf(wrong.getMessage()));
        }
    }
}
