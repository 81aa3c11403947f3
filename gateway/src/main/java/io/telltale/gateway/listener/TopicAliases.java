package io.telltale.gateway.listener;

import org.jspecify.annotations.Nullable;

/// The short numbers a device may give its topics (MQTT 5), for as long as its connection lasts.
final class TopicAliases {
    static final int MAXIMUM = 16;

    private final @Nullable String[] topics = new @Nullable String[MAXIMUM + 1];

    /// Whether a device may use this number.
    static boolean isAllowed(int alias) {
        return alias >= 1 && alias <= MAXIMUM;
    }

    /// @param topic empty: the one that was given this number before
    /// @return null when there was none
    @Nullable
    String resolve(int alias, String topic) {
        if (!topic.isEmpty()) {
            topics[alias] = topic;
        }
        return topics[alias];
    }
}
