package io.telltale.storage.repair;

import io.telltale.analytics.model.LateWindow;

/// A late window that waits to be repaired.
///
/// @param storedAtMillis when its newest late point was stored
record Entry(LateWindow window, long storedAtMillis) {

    long endMillis() {
        return window.startMillis() + window.widthMillis();
    }
}
