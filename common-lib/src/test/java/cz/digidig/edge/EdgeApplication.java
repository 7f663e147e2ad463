package cz.digidig.edge;

import cz.digidig.common.api.identity.AccountSummary;
import cz.digidig.common.api.identity.AuthenticationRequest;
import cz.digidig.common.api.identity.DkimSigningKey;
import cz.digidig.common.api.identity.IdentityApi;
import cz.digidig.common.api.identity.IdentityChange;
import cz.digidig.common.api.identity.RecipientResolution;
import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ConfigurationStores;
import cz.digidig.common.health.DependencyCheck;
import cz.digidig.common.health.DependencyState;
import cz.digidig.common.health.HealthStatus;
import cz.digidig.common.health.StatsSource;
import cz.digidig.common.observability.Traces;
import cz.digidig.common.security.Caller;
import cz.digidig.common.testing.TestTokens;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Plays identity, and a service with a configuration. */
@SpringBootApplication(scanBasePackages = {"cz.digidig.common", "cz.digidig.edge"})
@ConfigurationPropertiesScan("cz.digidig.common")
class EdgeApplication {
    static final TestTokens TOKENS = new TestTokens();

    record Listener(
            @NotBlank String name, @Min(1) @Max(65535) int port) {}

    record Settings(
            @NotBlank @Schema(title = "Host name", description = "What the server calls itself")
            String hostname,

            @Min(1) @Max(100) int recipients,
            @NotNull List<@NotNull @Valid Listener> listeners) {}

    record Item(@NotBlank String name, @Min(1) int count) {}

    @Bean
    ConfigurationStore<Settings> settings(ConfigurationStores stores) {
        return stores.open(Settings.class, new Settings("mail.example.org", 50, List.of(new Listener("mx", 25))));
    }

    @Bean
    DependencyCheck dependency() {
        return new DependencyCheck() {
            @Override
            public String name() {
                return "elsewhere";
            }

            @Override
            public HealthStatus without() {
                return HealthStatus.DEGRADED;
            }

            @Override
            public DependencyState check() {
                return DependencyState.down("gone");
            }
        };
    }

    record Figures(long messages) {}

    @Bean
    StatsSource figures() {
        return new StatsSource() {
            @Override
            public String name() {
                return "spool";
            }

            @Override
            public Record stats() {
                return new Figures(7);
            }
        };
    }

    @RestController
    static class Edge {
        final AtomicInteger tokensGiven = new AtomicInteger();
        final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();
        volatile String traceparent = "";
        volatile boolean refuseOnce;

        @GetMapping(path = "/oauth2/jwks", produces = MediaType.APPLICATION_JSON_VALUE)
        String jwks() {
            return TOKENS.jwks();
        }

        @PostMapping("/oauth2/token")
        Map<String, Object> token(@RequestHeader("Authorization") String basic) {
            assert basic.startsWith("Basic ");
            tokensGiven.incrementAndGet();
            String token = TOKENS.service("edge-service");
            if (refuseOnce) {
                refuseOnce = false;
                token = new TestTokens().service("edge-service");
            }
            return Map.of("access_token", token, "expires_in", 3600, "token_type", "Bearer", "scope", "internal");
        }

        @GetMapping("/api/internal/events")
        SseEmitter events() throws IOException {
            SseEmitter emitter = new SseEmitter(0L);
            emitter.send(SseEmitter.event().comment("hello"));
            emitters.add(emitter);
            return emitter;
        }

        void announce(IdentityChange change) throws IOException {
            for (SseEmitter emitter : emitters) {
                emitter.send(change);
            }
        }

        void interrupt() {
            emitters.forEach(SseEmitter::complete);
            emitters.clear();
        }

        @GetMapping("/api/accounts/{account}/name")
        String name(@PathVariable String account, Caller caller) {
            return caller.account(account);
        }

        @PostMapping("/api/items")
        Item item(@RequestBody @Valid Item item, @RequestParam(defaultValue = "1") int times) {
            return new Item(item.name(), item.count() * times);
        }

        @GetMapping("/api/broken")
        @Nullable
        String broken() {
            throw new IllegalStateException("a secret detail");
        }
    }

    @RestController
    static class Identity implements IdentityApi {
        private final Edge edge;
        private final Traces traces;

        Identity(Edge edge, Traces traces) {
            this.edge = edge;
            this.traces = traces;
        }

        @Override
        public AccountSummary authenticate(AuthenticationRequest request) {
            throw new ProblemException(ErrorCode.INVALID_CREDENTIALS, "the credentials were not accepted");
        }

        @Override
        public RecipientResolution recipient(String address) {
            return new RecipientResolution(RecipientResolution.Outcome.UNKNOWN, List.of(), List.of(address));
        }

        @Override
        public AccountSummary account(String account) {
            edge.traceparent = String.valueOf(traces.current());
            return new AccountSummary(account, "a@x", List.of(), List.of(), 0, true, 0);
        }

        @Override
        public List<DkimSigningKey> dkimKeys(String domain) {
            return List.of();
        }
    }
}
