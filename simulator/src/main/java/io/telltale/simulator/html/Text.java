package io.telltale.simulator.html;

import java.util.Locale;

/// Words and numbers, as a page shows them.
final class Text {
    private Text() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// Three digits, with k and M.
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e6) {
            return plain(value / 1e6) + "M";
        }
        return size >= 10_000 ? plain(value / 1e3) + "k" : plain(value);
    }

    private static String plain(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String seconds(double seconds) {
        return seconds < 120 ? plain(seconds) + " s" : plain(seconds / 60) + " min";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
