package io.telltale.storage.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ServerException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    void the_network_and_a_full_server_pass_by_themselves() {
        assertThat(Failure.of(new RuntimeException(new ConnectException("refused"))))
                .isEqualTo(new Failure("refused", true));
        assertThat(Failure.of(server(241)).transientCause()).isTrue(); // memory
        assertThat(Failure.of(server(252)).transientCause()).isTrue(); // too many parts
        assertThat(Failure.of(server(243)).transientCause()).isTrue(); // no space
    }

    @Test
    void what_the_server_does_not_understand_needs_a_person() {
        assertThat(Failure.of(server(16)).transientCause()).isFalse(); // no such column
        assertThat(Failure.of(new IllegalStateException("bug")).transientCause())
                .isFalse();
    }

    private static ExecutionException server(int code) {
        return new ExecutionException(new ServerException(code, "Code: " + code, 500, "query"));
    }
}
