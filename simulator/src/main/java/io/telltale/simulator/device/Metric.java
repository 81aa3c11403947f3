package io.telltale.simulator.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;

/// One value of a payload: its name, how it is written, and how much it moves when all is well.
public final class Metric {
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);

    private final String name;
    private final boolean isFlag;
    private final int decimals;
    private final double spread;
    private final byte[] prefix;

    private Metric(String name, boolean isFlag, int decimals, double spread) {
        if (decimals < 0 || decimals > Decimals.MAX_SCALE || spread < 0) {
            throw new IllegalArgumentException("metric " + name + ": expected 0 to " + Decimals.MAX_SCALE
                    + " decimals and no negative spread, got " + decimals + " and " + spread);
        }
        this.name = name;
        this.isFlag = isFlag;
        this.decimals = decimals;
        this.spread = spread;
        this.prefix = (",\"" + name + "\":").getBytes(US_ASCII);
    }

    /// @param spread how far values stray from their short-term mean (one sigma): the yardstick of its faults
    static Metric number(String name, int decimals, double spread) {
        return new Metric(name, false, decimals, spread);
    }

    /// A number that hardly moves, such as the level of a battery: a fault in it would show to nobody, so it has
    /// none.
    static Metric steady(String name, int decimals) {
        return new Metric(name, false, decimals, 0);
    }

    /// Written as `true` when above one half.
    static Metric flag(String name) {
        return new Metric(name, true, 0, 0);
    }

    public String name() {
        return name;
    }

    /// 0 when the metric takes no faults.
    public double spread() {
        return spread;
    }

    void write(ByteBuf out, double value) {
        out.writeBytes(prefix);
        if (isFlag) {
            out.writeBytes(value > 0.5 ? TRUE : FALSE);
        } else {
            Decimals.write(out, Decimals.unscaled(value, decimals), decimals);
        }
    }
}
