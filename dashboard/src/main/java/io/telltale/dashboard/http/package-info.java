/// The HTTP API, the web app's files, health and metrics.
@NullMarked
package io.telltale.dashboard.http;

import org.jspecify.annotations.NullMarked;
