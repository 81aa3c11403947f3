package io.telltale.server.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// ClickHouse's process is stopped (SIGSTOP) and later goes on as if nothing had been.
final class StoreOutage implements Trouble {
    private static final double FROM = 1.0 / 8;
    private static final double TO = 6.0 / 8;
    private static final long WELL_MILLIS = 1000;

    @Override
    public Map<String, Double> befall(Stage stage) throws IOException, InterruptedException {
        long millis = stage.load().duration().toMillis();
        long goodbyeMillis = stage.nowMillis() + millis; // then the fleet says that it goes offline
        long engine = stage.server().store().enginePid().orElseThrow();
        TimeUnit.MILLISECONDS.sleep((long) (FROM * millis));
        signal("STOP", engine);
        long fromMillis = stage.nowMillis();
        TimeUnit.MILLISECONDS.sleep((long) ((TO - FROM) * millis));
        signal("CONT", engine);
        long toMillis = stage.nowMillis();
        stage.fleet().await();
        var found = new TreeMap<String, Double>();
        found.put("outageSeconds", (toMillis - fromMillis) / 1000.0);
        found.put("secondsUntilPageSaysBehind", stage.page().log().secondsUntilBehind(fromMillis));
        found.put("recoverySeconds", stage.page().log().secondsUntilYounger(WELL_MILLIS, toMillis));
        found.put("mostDevicesNotOnline", (double) stage.page().log().mostNotOnline(fromMillis, goodbyeMillis));
        return found;
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " " + pid + " ended with " + exit);
        }
    }
}
