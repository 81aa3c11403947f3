/// How messages come in. A [io.telltale.gateway.Door] gives decoded messages with an ack beside each, and takes the
/// acks back once what a message says is durable.
@NullMarked
package io.telltale.gateway;

import org.jspecify.annotations.NullMarked;
