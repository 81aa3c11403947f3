package io.telltale.simulator.scenario;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses what somebody meant to write.
final class Spelling {
    private Spelling() {}

    /// The most similar word, if any is similar at all: at most two fifths of its letters differ.
    static Optional<String> nearest(String word, Collection<String> words) {
        return words.stream()
                .filter(candidate -> distance(word, candidate) <= Math.max(1, 2 * candidate.length() / 5))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    static String hint(String word, Collection<String> words) {
        return nearest(word, words)
                .map(near -> " (did you mean '" + near + "'?)")
                .orElse("");
    }

    /// How many letters must be put in, left out or changed. Levenshtein, "Binary codes capable of correcting
    /// deletions, insertions and reversals" (1966).
    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
