/// The HTTP API, the live view and the web app: [Dashboard] starts them all.
@NullMarked
package io.telltale.dashboard;

import org.jspecify.annotations.NullMarked;
