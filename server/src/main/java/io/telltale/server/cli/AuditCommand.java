package io.telltale.server.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.telltale.analytics.model.DeviceId;
import io.telltale.server.Refusal;
import io.telltale.server.ServerSettings;
import io.telltale.storage.StoreAudit;
import io.telltale.storage.audit.AuditResult;
import io.telltale.storage.audit.Scope;
import io.telltale.storage.clickhouse.ClickHouseException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Exit code 0 if every rollup is what its points say, 1 if one is not, 2 if that cannot be found out.
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Recompute every closed window from the stored points and compare it with its rollup. Works beside a"
                        + " running server and without one.")
final class AuditCommand implements Callable<Integer> {
    private static final int MAX_LISTED = 100;

    @Option(
            names = "--from",
            paramLabel = "T",
            converter = Moments.class,
            description = "Windows that begin then or later: ISO 8601 with a zone, or milliseconds since 1970.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "T", converter = Moments.class, description = "Windows that end by then.")
    private @Nullable Instant to;

    @Option(names = "--device", paramLabel = "D", description = "Of this device alone.")
    private @Nullable String device;

    @Option(names = "--repair", description = "Rewrite the rollups that differ.")
    private boolean repair;

    @Option(names = "--data-dir", paramLabel = "D", description = "Where the data is (data).")
    private @Nullable Path dataDir;

    @Mixin
    private SettingOptions settings = new SettingOptions();

    @Override
    public Integer call() throws InterruptedException {
        var defaults = new ArrayList<>(List.of("telltale.storage.clickhouse.port=0")); // nobody but us has to find it
        if (dataDir != null) {
            defaults.add("telltale.data-dir=" + dataDir);
        }
        var server = ServerSettings.from(settings.load(defaults));
        Scope scope = device == null ? new Scope.AllDevices() : new Scope.OneDevice(new DeviceId(device));
        long fromMillis = from == null ? 0 : from.toEpochMilli();
        long toMillis = to == null ? Long.MAX_VALUE : to.toEpochMilli();
        try (var store =
                StoreAudit.open(server.storage(), server.recovery(), Clock.systemUTC(), new SimpleMeterRegistry())) {
            var result = store.audit(scope, fromMillis, toMillis, MAX_LISTED);
            print(result);
            if (repair) {
                System.out.println("repaired: " + store.repair(scope, fromMillis, toMillis) + " windows");
                result = store.audit(scope, fromMillis, toMillis, MAX_LISTED);
                System.out.println("left: " + result.differences() + " differences");
            }
            return result.differences() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (ClickHouseException e) {
            throw new Refusal(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever the queries throw: the answer is neither yes nor no
            throw new Refusal("the audit came to no end: " + e.getMessage(), e);
        }
    }

    private static void print(AuditResult result) {
        if (result.differences() > 0) {
            System.out.print(DifferenceTable.of(result.listed()));
            long more = result.differences() - result.listed().size();
            if (more > 0) {
                System.out.println("and " + more + " more");
            }
        }
        if (result.waiting() > 0) {
            System.out.println("not judged yet: " + result.waiting()
                    + " windows with late points that a running server is about to repair; --repair does it now");
        }
        if (result.unsettled() > 0) {
            System.out.println(
                    "not judged yet: " + result.unsettled() + " windows that changed a moment ago; ask again soon");
        }
        System.out.println("audited: " + result.windows() + " windows, " + result.differences() + " differences");
    }
}
