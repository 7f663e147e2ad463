package cz.digidig.smtp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.smtp.settings.Checks.Mode;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChecksTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static Checks read(String json) {
        return JsonMapper.builder().build().readValue(json, Checks.class);
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(read("{}")).isEqualTo(Checks.USUAL);
        Checks checks = read("{\"spf\":\"off\",\"dkim\":\"enforce\",\"blockLists\":[{\"zone\":\"dnsbl.example\"}]}");
        assertThat(checks.spf()).isEqualTo(Mode.OFF);
        assertThat(checks.dkim()).isEqualTo(Mode.ENFORCE);
        assertThat(checks.dmarc()).isEqualTo(Mode.ANNOTATE);
        assertThat(checks.blockLists())
                .containsExactly(new BlockList("dnsbl.example", BlockList.Action.REFUSE, List.of()));
        assertThat(VALIDATOR.validate(checks)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"blockLists\":[{\"zone\":\"a b\"}]}",
                "{\"blockLists\":[{\"zone\":\"\"}]}",
                "{\"blockLists\":[{\"zone\":\"a.example\",\"answers\":[\"1.2.3.4\"]}]}",
                "{\"allowLists\":[\"a..b\"]}",
                "{\"trustedNetworks\":[\"somewhere\"]}",
                "{\"rateLimits\":{\"connectionsPerAddress\":-1,\"messagesPerAddress\":0,\"messagesPerNetwork\":0,"
                        + "\"messagesPerAccount\":0}}",
            })
    void nonsenseIsRefused(String json) {
        assertThat(VALIDATOR.validate(read(json))).hasSize(1);
    }
}
