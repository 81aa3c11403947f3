package io.telltale.simulator.device;

import io.netty.buffer.ByteBuf;

/// Times as `2026-01-05T06:20:00.000Z`, without garbage. The date is reckoned as by Hinnant, "chrono-Compatible
/// Low-Level Date Algorithms" (2013), for times since 1970.
final class IsoTime {
    private static final long DAY_MILLIS = 86_400_000L;

    private IsoTime() {}

    static void write(ByteBuf out, long millis) {
        long shifted = millis / DAY_MILLIS + 719_468;
        long era = shifted / 146_097;
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        // A year begins in March here, so that the leap day is its last.
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        int ofDay = (int) (millis % DAY_MILLIS);
        digits(out, year, 4);
        out.writeByte('-');
        digits(out, month, 2);
        out.writeByte('-');
        digits(out, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
        out.writeByte('T');
        digits(out, ofDay / 3_600_000, 2);
        out.writeByte(':');
        digits(out, ofDay / 60_000 % 60, 2);
        out.writeByte(':');
        digits(out, ofDay / 1_000 % 60, 2);
        out.writeByte('.');
        digits(out, ofDay % 1_000, 3);
        out.writeByte('Z');
    }

    private static void digits(ByteBuf out, int number, int width) {
        int power = 1;
        for (int i = 1; i < width; i++) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            out.writeByte('0' + number / power % 10);
        }
    }
}
