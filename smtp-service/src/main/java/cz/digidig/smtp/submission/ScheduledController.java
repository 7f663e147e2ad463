package cz.digidig.smtp.submission;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.security.AccessRules;
import cz.digidig.common.security.Caller;
import cz.digidig.smtp.spool.QueuedMessage;
import cz.digidig.smtp.spool.Recipient;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.spool.Target;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Messages that an account wants to be sent later (as RFC 4865 does by SMTP): until then its own to look at and to call
 * back.
 */
@RestController
@RequestMapping("/api/messages/scheduled")
@Tag(name = "Submission", description = "Sending mail. Scope: mail.send; admin and internal may name any account.")
class ScheduledController {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledController.class);
    /** Nearer to its time, a delivery may have begun. */
    private static final Duration LATEST = Duration.ofSeconds(1);

    private final Submissions submissions;
    private final Spool spool;
    private final Clock clock;

    @Autowired
    ScheduledController(Submissions submissions, Spool spool) {
        this(submissions, spool, Clock.systemUTC());
    }

    ScheduledController(Submissions submissions, Spool spool, Clock clock) {
        this.submissions = submissions;
        this.spool = spool;
        this.clock = clock;
    }

    /**
     * A message that is to be sent later.
     *
     * @param id the queue's
     * @param sendAt when
     * @param subject decoded
     * @param recipients whom it goes to
     * @param size octets
     */
    record Scheduled(String id, Instant sendAt, String subject, List<String> recipients, long size) {}

    /**
     * All of an account.
     *
     * @param items the next one first
     */
    record ScheduledMessages(List<Scheduled> items) {}

    @GetMapping
    @Operation(operationId = "listScheduled", summary = "Messages that are to be sent later, the next one first")
    ScheduledMessages list(
            Caller caller,
            @Parameter(description = "whose mail it is: an account's id") @RequestParam(defaultValue = Caller.ME)
                    String account)
            throws IOException {
        List<Scheduled> items = new ArrayList<>();
        for (QueuedMessage message : submissions.scheduled(caller.account(account))) {
            items.add(new Scheduled(
                    message.id().toString(),
                    message.envelope().received(),
                    subject(message),
                    message.envelope().recipients().stream()
                            .filter(recipient -> !isCopy(recipient))
                            .map(Recipient::address)
                            .toList(),
                    message.octets()));
        }
        return new ScheduledMessages(items);
    }

    private static boolean isCopy(Recipient recipient) {
        return recipient.targets().stream().allMatch(Target.Sent.class::isInstance);
    }

    private String subject(QueuedMessage message) throws IOException {
        try (InputStream content = spool.content(message)) {
            String subject = new InternetHeaders(content, true).getHeader("Subject", null);
            return subject == null ? "" : MimeUtility.decodeText(MimeUtility.unfold(subject));
        } catch (MessagingException | UnsupportedEncodingException undecodable) {
            LOG.debug("the subject of {} can't be decoded: {}", message.id(), undecodable.getMessage());
            return "";
        }
    }

    @GetMapping(path = "/{id}", produces = "message/rfc822")
    @Operation(
            operationId = "getScheduled",
            summary = "A message that is to be sent later, as it will be, with the Bcc field of the sender's copy")
    void get(
            Caller caller,
            @Parameter(description = "whose mail it is: an account's id") @RequestParam(defaultValue = Caller.ME)
                    String account,
            @PathVariable String id,
            HttpServletResponse response)
            throws IOException {
        QueuedMessage message = find(caller.account(account), id);
        response.setContentType("message/rfc822");
        for (QueuedMessage.Destination destination : message.destinations()) {
            if (destination.target() instanceof Target.Sent copy) {
                response.getOutputStream().write(copy.head().getBytes(StandardCharsets.UTF_8));
            }
        }
        try (InputStream content = spool.content(message)) {
            content.transferTo(response.getOutputStream());
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "cancelScheduled", summary = "Don't send a message that was to be sent later")
    void cancel(
            Caller caller,
            @Parameter(description = "whose mail it is: an account's id") @RequestParam(defaultValue = Caller.ME)
                    String account,
            @PathVariable String id) {
        QueuedMessage message = find(caller.account(account), id);
        if (!clock.instant().plus(LATEST).isBefore(message.envelope().received())) {
            throw new ProblemException(ErrorCode.CONFLICT, "the message is being sent");
        }
        spool.cancel(message);
        LOG.atInfo()
                .addKeyValue("queueId", message.id())
                .addKeyValue("account", message.envelope().submitter())
                .log("message {} cancelled by its sender", message.id());
    }

    private QueuedMessage find(String account, String id) {
        return submissions.scheduled(account).stream()
                .filter(message -> message.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.NOT_FOUND, "no such message is to be sent later, or its time has come"));
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules scheduledAccess() {
            return rules -> rules.requestMatchers("/api/messages/scheduled", "/api/messages/scheduled/*")
                    .hasAnyAuthority("SCOPE_mail.send", "SCOPE_admin", "SCOPE_internal");
        }
    }
}
