/// The command line: one class a command.
@NullMarked
package io.telltale.server.cli;

import org.jspecify.annotations.NullMarked;
