/// Trouble on purpose, with labels that say exactly where: the truth to judge a detector by.
@NullMarked
package io.telltale.simulator.fault;

import org.jspecify.annotations.NullMarked;
