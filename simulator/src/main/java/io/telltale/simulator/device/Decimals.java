package io.telltale.simulator.device;

import io.netty.buffer.ByteBuf;

/// Numbers as ASCII, without garbage. A value is a whole number of `10^-scale` steps, so what is written is
/// exact.
final class Decimals {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    static final int MAX_SCALE = 8;

    private Decimals() {}

    /// The whole number of `10^-scale` steps nearest to `value`.
    static long unscaled(double value, int scale) {
        return Math.round(value * POWERS[scale]);
    }

    /// Writes what `BigDecimal.valueOf(unscaled, scale).toPlainString()` gives.
    /// @param scale 0 to [#MAX_SCALE]
    static void write(ByteBuf out, long unscaled, int scale) {
        long rest = unscaled;
        if (rest < 0) {
            out.writeByte('-');
        } else {
            // Negative numbers reach one further than positive ones, so both are handled as negative.
            rest = -rest;
        }
        long whole = rest / POWERS[scale];
        digits(out, whole, width(whole));
        if (scale > 0) {
            out.writeByte('.');
            digits(out, rest - whole * POWERS[scale], scale);
        }
    }

    private static int width(long negative) {
        int width = 1;
        for (long rest = negative / 10; rest != 0; rest /= 10) {
            width++;
        }
        return width;
    }

    private static void digits(ByteBuf out, long negative, int width) {
        int start = out.writerIndex();
        out.ensureWritable(width);
        long rest = negative;
        for (int i = start + width - 1; i >= start; i--) {
            long tens = rest / 10;
            out.setByte(i, '0' - (int) (rest - tens * 10));
            rest = tens;
        }
        out.writerIndex(start + width);
    }
}
