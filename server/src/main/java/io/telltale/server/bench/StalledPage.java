package io.telltale.server.bench;

import io.telltale.server.trial.PageWatcher;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The same load twice: alone, then beside a browser that asks for eight devices' every point and reads nothing.
final class StalledPage implements Trouble {
    private static final int DEVICES = 8;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        return Compared.run(stage, () -> List.of(stalled(stage.server().httpPort())));
    }

    private static Closeable stalled(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var out = socket.getOutputStream();
        out.write("""
                GET /api/v1/live HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: %s\r
                \r
                """.formatted(port, Base64.getEncoder().encodeToString(new byte[16]))
                .getBytes(StandardCharsets.US_ASCII));
        out.write(frame(PageWatcher.watch(Stage.meters(1, DEVICES))));
        out.flush();
        return socket;
    }

    /// A masked text frame; the mask is zero.
    private static byte[] frame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[8 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | 126);
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 8, payload.length);
        return frame;
    }
}
