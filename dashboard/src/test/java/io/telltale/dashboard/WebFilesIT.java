package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page and its files.
class WebFilesIT {
    private static final Contract CONTRACT = new Contract();

    @RegisterExtension
    static final RunningDashboard server = Boilers.dashboard(new SettableClock());

    @ParameterizedTest
    @ValueSource(strings = {"/", "/devices/boiler-1", "/devices/a.b.c?from=1", "/anomalies"})
    void a_link_into_the_app_gets_the_page(String path) {
        var response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<title>Test page</title>");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
    }

    @Test
    void a_file_with_a_hash_in_its_name_is_kept_for_ever_and_compressed() {
        var plain = server.get("/assets/app-1a2b.js");
        var compressed = server.get("/assets/app-1a2b.js", "Accept-Encoding", "gzip, br");

        assertThat(plain.body()).startsWith("export const page");
        assertThat(plain.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("application/javascript; charset=UTF-8");
        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(server.get("/favicon.svg").headers().firstValue("Content-Type"))
                .hasValue("image/svg+xml");
    }

    @Test
    void a_missing_asset_is_not_found_rather_than_a_page() {
        CONTRACT.problem(404, server.get("/assets/app-old.js"), "there is no file assets/app-old.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..%2Freference.conf", "/%2e%2e/openapi.json", "/assets/..%2F..%2Fopenapi.json"})
    void nothing_above_the_web_folder_is_served(String path) {
        assertThat(server.get(path).body()).doesNotContain("telltale.dashboard", "\"paths\"");
    }
}
