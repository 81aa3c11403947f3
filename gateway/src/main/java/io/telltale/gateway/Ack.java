package io.telltale.gateway;

/// The promise to tell a sender that its message is durable. It says nothing to anybody but the door it came from:
/// carry it along, and hand it to [Door#acknowledge()].
public interface Ack {}
