package cz.digidig.smtp.settings;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.net.TlsMode;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SmtpSettingsTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static SmtpSettings with(List<String> dnsServers, List<SmartHost> smartHosts) {
        return new SmtpSettings("mail.test", 1024, 1, dnsServers, List.of(), smartHosts, Checks.NONE, Submission.USUAL);
    }

    private static SmartHost read(String json) {
        return JsonMapper.builder().build().readValue(json, SmartHost.class);
    }

    @Test
    void theDefaultsNameNoServersAndNoSmartHosts() {
        SmtpSettings defaults = SmtpSettings.of("mail.test", List.of());
        assertThat(defaults.dnsServers()).isEmpty();
        assertThat(defaults.smartHosts()).isEmpty();
        assertThat(VALIDATOR.validate(defaults)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:53", "[::1]:5353", "dns.example:65535", "a-b_c:1"})
    void aNameServerIsHostAndPort(String server) {
        assertThat(VALIDATOR.validate(with(List.of(server), List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "127.0.0.1", "127.0.0.1:", ":53", "127.0.0.1:0", "127.0.0.1:65536", "::1:53", "a b:53"})
    void nothingElseIs(String server) {
        assertThat(VALIDATOR.validate(with(List.of(server), List.of())))
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.getPropertyPath()).hasToString("dnsServers[0].<list element>"));
    }

    @Test
    void aSmartHostsDefaultsAreTheSafeOnes() {
        SmartHost host = read("{\"host\":\"relay.example\",\"port\":587}");
        assertThat(host)
                .isEqualTo(new SmartHost(List.of(), "relay.example", 587, TlsMode.STARTTLS, true, true, "", ""));
        assertThat(VALIDATOR.validate(with(List.of(), List.of(host)))).isEmpty();
        assertThat(read("{\"host\":\"a\",\"port\":25,\"tls\":\"starttls\",\"tlsRequired\":false}")
                        .verifyCertificate())
                .isFalse();
    }

    @Test
    void aSmartHostNeedsHostAndPort() {
        assertThat(VALIDATOR.validate(with(List.of(), List.of(read("{\"host\":\" \",\"port\":70000}")))))
                .hasSize(2);
    }

    @Test
    void aSmartHostSaysNoPassword() {
        assertThat(read("{\"host\":\"a\",\"port\":25,\"user\":\"u\",\"password\":\"p\"}"))
                .hasToString("a:25");
    }
}
