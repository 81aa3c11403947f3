package io.telltale.simulator.check;

import io.telltale.simulator.device.Identity;
import io.telltale.simulator.report.Accounts;
import io.telltale.simulator.report.Reconciliation;
import io.telltale.simulator.report.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Asks the server for what it has of every device, and counts what was acked and is not there. Blocks; one
/// thread.
public final class Reconciler {
    private static final int SHOWN_LOSSES = 20;

    private final ServerApi api;
    private final RunReport report;
    private final long fromMillis;
    private final long fromWallMillis;
    private final List<Accounts.Account> devices = new ArrayList<>();
    private final List<Reconciliation.Loss> losses = new ArrayList<>();
    private long stored;
    private long lost;

    private Reconciler(ServerApi api, RunReport report, long fromMillis, long fromWallMillis) {
        this.api = api;
        this.report = report;
        this.fromMillis = fromMillis;
        this.fromWallMillis = fromWallMillis;
    }

    /// @param devices the accounts that were asked about, each with what is stored of it
    public record Found(Reconciliation sum, List<Accounts.Account> devices) {}

    /// @param identities and `accounts` alike
    /// @param fromMillis earliest event time
    /// @param fromWallMillis when the run began by the server's clock
    public static Found reconcile(
            ServerApi api,
            RunReport report,
            List<Identity> identities,
            List<Accounts.Account> accounts,
            long fromMillis,
            long fromWallMillis,
            long toWallMillis)
            throws IOException, InterruptedException {
        var reconciler = new Reconciler(api, report, fromMillis, fromWallMillis);
        for (int i = 0; i < accounts.size(); i++) {
            reconciler.take(identities.get(i), accounts.get(i));
        }
        return new Found(reconciler.result(accounts.size(), toWallMillis), List.copyOf(reconciler.devices));
    }

    /// Most often the first metric has them all; where it was renamed or dropped, the others have the rest.
    private void take(Identity identity, Accounts.Account account) throws IOException, InterruptedException {
        Set<Long> times = new HashSet<>();
        for (var metric : identity.metrics()) {
            if (times.size() >= account.acked()) {
                break;
            }
            times.addAll(api.times(account.id(), metric, fromMillis, report.endMillis()));
        }
        devices.add(account.withStored(times.size()));
        stored += times.size();
        if (times.size() < account.acked()) {
            lost += account.acked() - times.size();
            losses.add(new Reconciliation.Loss(account.id(), account.acked(), times.size()));
        }
    }

    private Reconciliation result(int devices, long toWallMillis) throws IOException, InterruptedException {
        long letters = api.deadLetters(fromWallMillis, toWallMillis);
        losses.sort(Comparator.comparingLong(loss -> loss.stored() - loss.acked()));
        return new Reconciliation(
                devices,
                stored,
                letters,
                lost + Math.max(0, report.malformed() - letters),
                losses.subList(0, Math.min(SHOWN_LOSSES, losses.size())));
    }
}
