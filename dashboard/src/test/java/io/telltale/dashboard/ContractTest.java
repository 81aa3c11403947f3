package io.telltale.dashboard;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContractTest {
    private static final String PROBLEM = """
            {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "there is no device x" %s}
            """;

    private final Contract contract = new Contract();

    @Test
    void an_answer_with_a_field_too_few_too_many_or_of_another_type_is_refused() {
        assertThatCode(() -> contract.check("Problem", PROBLEM.formatted(""))).doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.check("Problem", "{}")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("Problem", PROBLEM.formatted(", \"more\": 1")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check("Problem", PROBLEM.formatted("").replace("404", "\"404\"")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void frames_are_told_apart_by_their_type() {
        assertThatCode(() -> contract.check("LiveFrame", "{\"type\": \"problem\", \"detail\": \"x\"}"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.check("LiveFrame", "{\"type\": \"devices\", \"detail\": \"x\"}"))
                .isInstanceOf(AssertionError.class);
    }
}
