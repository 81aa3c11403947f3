package io.telltale.storage.read;

import io.telltale.analytics.model.DeadLetter;
import io.telltale.analytics.model.Found;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/// Dead letters: by what they are like, or by name.
final class LetterReader {
    private static final String COLUMNS =
            "SELECT id, arrival_time, door, topic, payload, reason, detail, byte_offset, replayed_at ";
    private static final String LETTERS = "FROM telltale.dead_letters FINAL ";

    private final Queries queries;

    LetterReader(Queries queries) {
        this.queries = queries;
    }

    Found<DeadLetter> find(DeadLetter.Filter filter, DeadLetter.Page page) throws Exception {
        var parameters = new Parameters().with("offset", page.offset()).with("limit", page.limit());
        String matching = matching(filter, parameters);
        String order = switch (page.order()) {
            case NEWEST_FIRST -> "ORDER BY arrival_time DESC, id ";
            case OLDEST_FIRST -> "ORDER BY arrival_time, id ";
        };
        String sql = COLUMNS + matching + order + "LIMIT {limit:UInt64} OFFSET {offset:UInt64}";
        List<DeadLetter> items = queries.read(sql, parameters, rows -> rows.all(LetterReader::letter));
        return new Found<>(items, queries.read("SELECT count() " + matching, parameters, RowReader::readLong));
    }

    List<DeadLetter> find(Collection<UUID> ids) throws Exception {
        var parameters =
                new Parameters().with("ids", ids.stream().map(UUID::toString).toList());
        return queries.read(
                COLUMNS + LETTERS + "WHERE id IN {ids:Array(UUID)}",
                parameters,
                rows -> rows.all(LetterReader::letter));
    }

    Map<DeadLetter.Reason, Long> countByReason(DeadLetter.Filter filter) throws Exception {
        var parameters = new Parameters();
        String sql = "SELECT reason, toInt64(count()) " + matching(filter, parameters) + "GROUP BY reason";
        return queries.read(sql, parameters, rows -> {
            Map<DeadLetter.Reason, Long> counts = new EnumMap<>(DeadLetter.Reason.class);
            while (rows.hasNext()) {
                counts.put(DeadLetter.Reason.valueOf(rows.readText()), rows.readLong());
            }
            return counts;
        });
    }

    private static String matching(DeadLetter.Filter filter, Parameters parameters) {
        var sql = new StringBuilder(LETTERS)
                .append("WHERE arrival_time >= fromUnixTimestamp64Milli({from:Int64})")
                .append(" AND arrival_time < fromUnixTimestamp64Milli({to:Int64}) ");
        parameters.withTime("from", filter.fromMillis()).withTime("to", filter.toMillis());
        filter.reason().ifPresent(reason -> {
            sql.append("AND reason = {reason:String} ");
            parameters.with("reason", reason.name());
        });
        filter.door().ifPresent(door -> {
            sql.append("AND door = {door:String} ");
            parameters.with("door", door);
        });
        filter.topicPart().ifPresent(part -> {
            sql.append("AND positionCaseInsensitiveUTF8(topic, {topic:String}) > 0 ");
            parameters.with("topic", part);
        });
        filter.state()
                .ifPresent(state -> sql.append(
                        switch (state) {
                            case OPEN -> "AND replayed_at = toDateTime64(0, 3, 'UTC') ";
                            case REPLAYED -> "AND replayed_at > toDateTime64(0, 3, 'UTC') ";
                        }));
        return sql.toString();
    }

    private static DeadLetter letter(RowReader row) throws IOException {
        return new DeadLetter(
                row.readUuid(),
                row.readLong(),
                row.readText(),
                row.readText(),
                row.readBlob(),
                DeadLetter.Reason.valueOf(row.readText()),
                row.readText(),
                offset(row.readInt()),
                time(row.readLong()));
    }

    private static OptionalInt offset(int stored) {
        return stored < 0 ? OptionalInt.empty() : OptionalInt.of(stored);
    }

    private static OptionalLong time(long storedMillis) {
        return storedMillis == 0 ? OptionalLong.empty() : OptionalLong.of(storedMillis);
    }
}
