/// The page in a real browser.
@NullMarked
package io.telltale.server.browser;

import org.jspecify.annotations.NullMarked;
