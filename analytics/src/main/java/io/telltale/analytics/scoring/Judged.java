package io.telltale.analytics.scoring;

import java.util.List;

/// A series as a detector saw it, and where a person says it is wrong.
///
/// @param scores one a row, 0 to 1; shared, not copied
/// @param spans ascending, without overlap
/// @param from first row that counts
public record Judged(double[] scores, List<Span> spans, int from) {
    public Judged {
        spans = List.copyOf(spans);
    }
}
