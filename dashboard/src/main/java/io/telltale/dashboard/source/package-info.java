/// What the dashboard needs to be told, filled by whoever assembles the server.
@NullMarked
package io.telltale.dashboard.source;

import org.jspecify.annotations.NullMarked;
