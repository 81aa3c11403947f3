package io.telltale.server.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// A bad network: passes TCP connections on to one port of this machine, and can cut or slow all of them. What it cuts
/// it also forgets: bytes under way are gone, in both directions.
final class Relay implements AutoCloseable {
    private static final int BACKLOG = 1_000;
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final long SLOW_PAUSE_MILLIS = 100;

    private final ServerSocket door;
    private final int targetPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile long slowUntilNanos = System.nanoTime();

    Relay(int targetPort) throws IOException {
        this.targetPort = targetPort;
        door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay to " + targetPort).start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void cut() {
        sockets.forEach(Relay::reset);
    }

    /// Every chunk takes a moment longer.
    void slow(long millis) {
        slowUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void accept() {
        while (true) {
            try {
                var near = door.accept();
                Thread.ofVirtual().start(() -> join(near));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void join(Socket near) {
        sockets.add(near);
        var far = new Socket();
        sockets.add(far);
        try {
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
            var back = Thread.ofVirtual().start(() -> pass(far, near));
            pass(near, far);
            back.join();
        } catch (IOException _) {
            // Nobody there: the caller sees its connection end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            reset(near);
            reset(far);
            sockets.remove(near);
            sockets.remove(far);
        }
    }

    /// Until one side ends; then both have.
    private void pass(Socket from, Socket to) {
        try {
            pass(from.getInputStream(), to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            reset(from);
            reset(to);
        }
    }

    private void pass(InputStream in, OutputStream out) throws IOException {
        var chunk = new byte[CHUNK_BYTES];
        for (int size = in.read(chunk); size >= 0; size = in.read(chunk)) {
            if (slowUntilNanos - System.nanoTime() > 0) {
                pause();
            }
            out.write(chunk, 0, size);
        }
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(SLOW_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// Closes with an RST, so that nothing that was written before still arrives in peace.
    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (IOException _) {
            // It is closed already.
        }
    }
}
