package io.telltale.storage.repair;

import com.clickhouse.client.api.Client;
import io.telltale.analytics.model.Rollup;
import io.telltale.storage.audit.Difference;
import io.telltale.storage.audit.Difference.What;
import io.telltale.storage.audit.Scope;
import io.telltale.storage.read.Parameters;
import io.telltale.storage.read.Queries;
import io.telltale.storage.read.Recovery;
import io.telltale.storage.rows.Block;
import io.telltale.storage.rows.RepairBatch;
import io.telltale.storage.write.Insertion;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/// Makes windows anew from the points and stores them over what is there.
public final class Rewriter {
    /// Series whose points are read by one query: their names must fit into it.
    private static final int MAX_SERIES = 64;

    /// Windows that one statement removes, for the same reason.
    private static final int MAX_DELETED = 100;

    private static final String DELETE = """
            DELETE FROM telltale.rollups
            WHERE device IN {devices:Array(String)}
                AND concat(device, '/', metric, '/', toString(width_millis), '/',
                    toString(toUnixTimestamp64Milli(window_start))) IN {windows:Array(String)}""";

    private final Queries queries;
    private final PointPages points;
    private final Insertion insertion;
    private final Recovery recovery;
    private final InstantSource clock;

    public Rewriter(Queries queries, Client client, Recovery recovery, InstantSource clock) {
        this.queries = queries;
        this.recovery = recovery;
        this.clock = clock;
        points = new PointPages(queries);
        insertion = new Insertion(client);
    }

    /// Returns once every one of them is what the points say.
    ///
    /// @return how many windows were rewritten or, where there are no points, removed
    public int rewrite(Collection<Difference> differences) throws Exception {
        Map<Long, List<Difference>> byStretch = differences.stream()
                .filter(difference -> difference.what() != What.SURPLUS)
                .collect(Collectors.groupingBy(this::stretch, TreeMap::new, Collectors.toList()));
        int rewritten = 0;
        for (List<Difference> ofStretch : byStretch.values()) {
            for (List<Difference> some : bySeries(ofStretch)) {
                var batch = new RepairBatch();
                List<Rollup> rollups = recompute(some);
                batch.add(rollups);
                store(batch.rollups(), batch);
                rewritten += rollups.size();
            }
        }
        List<Difference> surplus = differences.stream()
                .filter(difference -> difference.what() == What.SURPLUS)
                .toList();
        remove(surplus);
        return rewritten + surplus.size();
    }

    void storeMarks(RepairBatch batch) throws Exception {
        store(batch.marks(), batch);
    }

    private long stretch(Difference difference) {
        return Math.floorDiv(difference.startMillis(), recovery.widestMillis());
    }

    private static List<List<Difference>> bySeries(List<Difference> differences) {
        var groups = List.copyOf(differences.stream()
                .collect(Collectors.groupingBy(Difference::series))
                .values());
        List<List<Difference>> chunks = new ArrayList<>();
        for (int i = 0; i < groups.size(); i += MAX_SERIES) {
            chunks.add(groups.subList(i, Math.min(i + MAX_SERIES, groups.size())).stream()
                    .flatMap(List::stream)
                    .toList());
        }
        return chunks;
    }

    private List<Rollup> recompute(List<Difference> differences) throws Exception {
        long from =
                differences.stream().mapToLong(Difference::startMillis).min().orElseThrow();
        long to = differences.stream().mapToLong(Difference::endMillis).max().orElseThrow();
        var scope = new Scope.SomeSeries(
                differences.stream().map(Difference::series).collect(Collectors.toSet()));
        var recomputation = new Recomputation(recovery.widths(), differences, to);
        points.forEach(scope, from, to, recomputation::add);
        return recomputation.rollups();
    }

    private void store(Block block, RepairBatch batch) throws Exception {
        if (block.rows() > 0) {
            batch.seal(clock.millis());
            insertion.insert(block, UUID.randomUUID().toString());
        }
    }

    private void remove(List<Difference> surplus) throws Exception {
        for (int i = 0; i < surplus.size(); i += MAX_DELETED) {
            var some = surplus.subList(i, Math.min(i + MAX_DELETED, surplus.size()));
            var parameters = new Parameters()
                    .with(
                            "devices",
                            some.stream()
                                    .map(window -> window.series().device().value())
                                    .distinct()
                                    .toList())
                    .with("windows", some.stream().map(Rewriter::name).toList());
            queries.read(DELETE, parameters, _ -> 0);
        }
    }

    private static String name(Difference window) {
        return window.series().device().value() + "/" + window.series().metric() + "/" + window.widthMillis() + "/"
                + window.startMillis();
    }
}
