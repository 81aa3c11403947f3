/// A report as one page that needs nothing else: text, tables and plots as inline SVG, for light and dark.
@NullMarked
package io.telltale.simulator.html;

import org.jspecify.annotations.NullMarked;
