package io.telltale.storage.clickhouse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The files an engine is started with and speaks through, in `run/` under the data directory, readable by us alone.
record EngineFiles(Path directory) {

    static EngineFiles of(EngineSettings settings) {
        return new EngineFiles(settings.dataDirectory().resolve("run"));
    }

    /// Writes them anew: configuration, users, the script that opens the HTTP port, and the password for whoever may
    /// read the directory.
    static EngineFiles write(EngineSettings settings, String password) throws IOException {
        var files = of(settings);
        Files.createDirectories(files.directory());
        Files.setPosixFilePermissions(files.directory(), PosixFilePermissions.fromString("rwx------"));
        files.writePrivately("password", password + "\n");
        files.writePrivately("users.xml", users(password));
        files.writePrivately("config.xml", files.configuration(settings.memoryBytes()));
        files.writePrivately("start.sql", files.startScript());
        return files;
    }

    Path data() {
        return directory.resolveSibling("store");
    }

    Path configurationFile() {
        return directory.resolve("config.xml");
    }

    Path startScriptFile() {
        return directory.resolve("start.sql");
    }

    Path passwordFile() {
        return directory.resolve("password");
    }

    /// Ends with a newline once the engine accepts connections.
    Path portFile() {
        return directory.resolve("port");
    }

    /// What the engine prints beside its log: the reason when it gives up.
    Path outputFile() {
        return directory.resolve("engine.out");
    }

    private void writePrivately(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }

    private String startScript() {
        return """
                SYSTEM START LISTEN HTTP;
                SELECT getServerPort('http_port') INTO OUTFILE '%s' TRUNCATE FORMAT TSV;
                """.formatted(portFile().toString().replace("\\", "\\\\").replace("'", "\\'"));
    }

    /// The pools are small because the machine is shared with the server: a dozen merges at once would only take
    /// the processors from the inserts. fsync, because an acknowledged row must survive a power cut.
    ///
    /// Ten parts to a merge, because ten inserts come each second; and ten times as much in all as in the largest
    /// of them, because points shrink to so little that with ClickHouse's own five every merge wrote anew whatever
    /// had come in the last minutes (WriteBench at 150,000 rows/s: each row nine times, with ten three times).
    private String configuration(long memoryBytes) {
        return """
                <clickhouse>
                  <users_config>%s</users_config>
                  <listen_host>127.0.0.1</listen_host>
                  <timezone>UTC</timezone>
                  <max_server_memory_usage>%d</max_server_memory_usage>
                  <mark_cache_size>134217728</mark_cache_size>
                  <index_mark_cache_size>33554432</index_mark_cache_size>
                  <uncompressed_cache_size>0</uncompressed_cache_size>
                  <background_pool_size>4</background_pool_size>
                  <background_schedule_pool_size>16</background_schedule_pool_size>
                  <max_concurrent_queries>100</max_concurrent_queries>
                  <merge_tree>
                    <fsync_after_insert>1</fsync_after_insert>
                    <min_parts_to_merge_at_once>10</min_parts_to_merge_at_once>
                    <merge_selector_base>10</merge_selector_base>
                    <fsync_part_directory>1</fsync_part_directory>
                    <number_of_free_entries_in_pool_to_lower_max_size_of_merge>4</number_of_free_entries_in_pool_to_lower_max_size_of_merge>
                    <number_of_free_entries_in_pool_to_execute_mutation>6</number_of_free_entries_in_pool_to_execute_mutation>
                    <number_of_free_entries_in_pool_to_execute_optimize_entire_partition>6</number_of_free_entries_in_pool_to_execute_optimize_entire_partition>
                  </merge_tree>
                  <logger>
                    <log>%s</log>
                    <size>8M</size>
                    <count>2</count>
                  </logger>
                </clickhouse>
                """.formatted(xml(directory.resolve("users.xml")), memoryBytes, xml(directory.resolve("engine.log")));
    }

    /// `default` must stay without a password for the engine's own session, so it may do nothing but open the port,
    /// and a single query is all it gets. `telltale` has explicit grants: without them it could read the
    /// host's files.
    private static String users(String password) {
        return """
                <clickhouse>
                  <profiles><default/></profiles>
                  <quotas>
                    <default/>
                    <once><interval><duration>31536000</duration><queries>1</queries></interval></once>
                  </quotas>
                  <users>
                    <default>
                      <password/>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>default</profile>
                      <quota>once</quota>
                      <grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants>
                    </default>
                    <telltale>
                      <password_sha256_hex>%s</password_sha256_hex>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>default</profile>
                      <quota>default</quota>
                      <grants>
                        <query>GRANT ALL ON telltale.*</query>
                        <query>GRANT TABLE ENGINE ON *</query>
                        <query>GRANT SELECT ON system.*</query>
                        <query>GRANT KILL QUERY, SYSTEM FLUSH LOGS ON *.*</query>
                      </grants>
                    </telltale>
                  </users>
                </clickhouse>
                """.formatted(sha256(password));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
            throw new AssertionError(impossible);
        }
    }

    private static String xml(Path path) {
        return path.toString().replace("&", "&amp;").replace("<", "&lt;");
    }
}
