package cz.digidig.smtp.admin;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.common.security.AccessRules;
import cz.digidig.smtp.client.Trial;
import cz.digidig.smtp.delivery.SmartHostTrial;
import cz.digidig.smtp.protocol.ReversePath;
import cz.digidig.smtp.server.SessionRecord;
import cz.digidig.smtp.server.SmtpServer;
import cz.digidig.smtp.settings.SmartHost;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.SpoolStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The listeners and their sessions by REST, and trials of smart hosts. */
@RestController
@RequestMapping("/api/smtp")
@Tag(name = "SMTP", description = "Listeners, sessions, smart hosts")
class SmtpController {
    private static final Logger LOG = LoggerFactory.getLogger(SmtpController.class);
    private static final int MOST_TRIALS = 4;

    private final SmtpServer server;
    private final Spool spool;
    private final ConfigurationStore<SmtpSettings> settings;
    private final SmartHostTrial trial;
    private final Clock clock = Clock.systemUTC();
    private final Instant since = clock.instant();
    private final Semaphore trials = new Semaphore(MOST_TRIALS);

    SmtpController(SmtpServer server, Spool spool, ConfigurationStore<SmtpSettings> settings, SmartHostTrial trial) {
        this.server = server;
        this.spool = spool;
        this.settings = settings;
        this.trial = trial;
    }

    @GetMapping("/status")
    @Operation(operationId = "getSmtpStatus", summary = "Listeners with their ports, certificate, open sessions, spool")
    ServerStatus status() {
        SpoolStatus waiting = spool.status();
        Instant now = clock.instant();
        return new ServerStatus(
                settings.current().hostname(),
                since,
                server.sessions().open(),
                server.listeners().stream().map(ServerStatus.Listener::of).toList(),
                ServerStatus.Tls.of(
                        server.certificate(), settings.current().tls().minimumVersion(), now),
                new ServerStatus.SpoolFigures(
                        waiting.messages(),
                        waiting.outbound(),
                        Math.max(0, Duration.between(waiting.oldest(), now).toSeconds()),
                        waiting.accepting()));
    }

    @PostMapping("/restart")
    @Operation(
            operationId = "restartListeners",
            summary = "Open every listener anew, with the TLS files as they are now; open sessions go on")
    ServerStatus restart(Authentication caller) {
        try {
            server.restart();
        } catch (IOException failed) {
            throw new ProblemException(ErrorCode.CONFLICT, String.valueOf(failed.getMessage()));
        }
        LOG.atInfo().addKeyValue("caller", caller.getName()).log("the listeners were opened anew");
        return status();
    }

    /**
     * Which sessions are meant. What is not given excludes nothing.
     *
     * @param client a part of the client's address
     * @param listener by its name
     * @param account a part of the address of who logged in
     * @param text a part of a refused command or its reply, or of what the client said of itself
     * @param refused whether something was refused
     * @param open whether it goes on
     */
    record SessionFilter(
            @Size(max = 50) @Nullable String client,
            @Size(max = 50) @Nullable String listener,
            @Size(max = 320) @Nullable String account,
            @Size(max = 200) @Nullable String text,
            @Nullable Boolean refused,
            @Nullable Boolean open) {
        boolean matches(SessionRecord session) {
            return (client == null || session.client().contains(client))
                    && (listener == null || session.listener().equals(listener))
                    && (account == null || session.account().contains(account))
                    && (refused == null || refused == session.refused() > 0)
                    && (open == null || open == (session.ended() == null))
                    && (text == null
                            || session.hello().contains(text)
                            || session.refusals().stream()
                                    .anyMatch(refusal -> refusal.command().contains(text)
                                            || refusal.reply().contains(text)));
        }
    }

    @GetMapping("/sessions")
    @Operation(
            operationId = "listSmtpSessions",
            summary = "The open sessions and the last 1000 that ended, with what was refused and why")
    List<SessionRecord> sessions(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @ParameterObject @Valid SessionFilter filter) {
        return server.sessions().find(filter::matches, limit);
    }

    /**
     * What to try.
     *
     * @param smartHost as in the configuration; the mask for a password means that of the same host and user there
     * @param host in its place: the host of one that is configured
     * @param from who would send; absent: the trial ends after the log-in
     * @param to who would get it
     */
    record TrialRequest(
            @Valid @Nullable SmartHost smartHost,

            @Size(max = 255) @Schema(description = "In its place: the host of one that is configured") @Nullable
            String host,

            @Size(max = 320) @Schema(description = "Who would send; absent: the trial ends after the log-in") @Nullable
            String from,

            @Size(max = 320) @Schema(description = "Who would get it; no message is sent") @Nullable
            String to) {}

    @PostMapping("/smart-hosts/test")
    @Operation(
            operationId = "testSmartHost",
            summary = "Try a smart host up to the envelope, and say where it failed, with the whole dialogue")
    Trial.Result test(@RequestBody @Valid TrialRequest request) {
        SmartHost host = wanted(request);
        ReversePath from = request.from() == null ? null : new ReversePath.Mailbox(address("from", request.from()));
        String to = request.to() == null ? null : address("to", request.to()).toString();
        if (!trials.tryAcquire()) {
            throw new ProblemException(ErrorCode.TOO_MANY_ATTEMPTS, "other trials are running");
        }
        try {
            return trial.run(host, from, to);
        } finally {
            trials.release();
        }
    }

    private static EmailAddress address(String field, String text) {
        return EmailAddress.parse(text)
                .orElseThrow(() -> new InvalidFields(List.of(new FieldProblem(field, "this is not an address"))));
    }

    private SmartHost wanted(TrialRequest request) {
        SmartHost given = request.smartHost();
        List<SmartHost> known = settings.current().smartHosts();
        if (given == null) {
            return known.stream()
                    .filter(host -> host.host().equalsIgnoreCase(request.host()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidFields(List.of(
                            new FieldProblem("host", "give a smart host, or the host of one that is configured"))));
        }
        if (!given.password().equals(ConfigurationStore.MASK)) {
            return given;
        }
        String password = known.stream()
                .filter(host -> host.host().equalsIgnoreCase(given.host())
                        && host.user().equals(given.user()))
                .map(SmartHost::password)
                .findFirst()
                .orElseThrow(() -> new InvalidFields(
                        List.of(new FieldProblem("smartHost.password", "the secret itself is needed here"))));
        return new SmartHost(
                given.senderDomains(),
                given.host(),
                given.port(),
                given.tls(),
                given.tlsRequired(),
                given.verifyCertificate(),
                given.user(),
                password);
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules smtpAccess() {
            // The webmail tells other servers and mail programs how this host is called.
            return rules -> rules.requestMatchers(HttpMethod.GET, "/api/smtp/status")
                    .hasAnyAuthority("SCOPE_admin", "SCOPE_internal")
                    .requestMatchers("/api/smtp/**")
                    .hasAuthority("SCOPE_admin");
        }
    }
}
