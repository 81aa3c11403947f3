package io.telltale.analytics.scoring;

/// Labelled rows of a series, both ends inclusive, counted from 0.
public record Span(int first, int last) {
    public Span {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("span: expected 0 <= first <= last, got " + first + " to " + last);
        }
    }

    int length() {
        return last - first + 1;
    }
}
