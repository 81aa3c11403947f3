package io.telltale.server;

/// The server will not start as it was asked to. The message is for a person: what is wrong, and where to change it.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refusal(String message, Throwable cause) {
        super(message, cause);
    }

    public Refusal(String message) {
        super(message);
    }
}
