package cz.digidig.smtp.submission;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.common.rest.JsonProblems;
import cz.digidig.common.security.AccessRules;
import cz.digidig.common.security.Caller;
import cz.digidig.smtp.session.Account;
import cz.digidig.smtp.submission.Submissions.Request;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Submission by REST (scope {@code mail.send}). */
@RestController
@RequestMapping("/api/messages")
@Tag(name = "Submission", description = "Sending mail. Scope: mail.send; admin and internal may name any account.")
class MessageController {
    private static final String EXAMPLE = """
            {"to": ["Bob <bob@digidig.test>"], "subject": "Lunch?", "text": "At noon.",
             "attachments": [{"name": "menu.txt", "type": "text/plain", "content": "U291cA=="}], "saveSent": true}""";
    private static final int LONGEST_KEY = 200;
    private static final int MEGABYTE = 1 << 20;
    /** What all composed messages may take of the heap, as megabytes of their JSON. */
    private static final int MOST_MEGABYTES = 24;

    private static final int PATIENCE_SECONDS = 20;

    private final Submissions submissions;
    private final IdempotentSubmissions idempotent;
    private final JsonMapper json;
    private final Semaphore memory = new Semaphore(MOST_MEGABYTES, true);

    MessageController(Submissions submissions, IdempotentSubmissions idempotent, JsonMapper json) {
        this.submissions = submissions;
        this.idempotent = idempotent;
        this.json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    @PostMapping(consumes = "message/rfc822")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "submitMessage",
            summary = "Send a message as it is",
            description = "Without to, it goes to the addresses in To, Cc and Bcc; without from, it is from the author."
                    + " Bcc is left out, Date and Message-ID are added where they are missing.")
    ResponseEntity<Submitted> submit(
            Caller caller,
            @Parameter(description = "whose mail it is: an account's id") @RequestParam(defaultValue = Caller.ME)
                    String account,
            @Parameter(description = "the envelope sender") @RequestParam(required = false) @Nullable String from,
            @Parameter(description = "an envelope recipient, repeated") @RequestParam(required = false) @Nullable
                    List<String> to,
            @Parameter(description = "whether a copy goes to the Sent mailbox") @RequestParam(defaultValue = "false")
                    boolean saveSent,
            @Parameter(description = "when it is to be sent, at most 366 days ahead; left out: at once")
                    @RequestParam(required = false)
                    @Nullable
                    Instant sendAt,
            @Parameter(description = "a repeat with the same key within 24 hours is answered as the first one")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            HttpServletRequest request)
            throws IOException {
        Account sender = submissions.account(caller.account(account));
        Optional<EmailAddress> named = Optional.ofNullable(from).map(text -> address("from", text));
        List<EmailAddress> recipients = new ArrayList<>();
        if (to != null) {
            to.forEach(text -> recipients.add(address("to", text)));
        }
        if (request.getContentLengthLong() > submissions.mostOctets()) {
            throw new ProblemException(
                    ErrorCode.TOO_LARGE, "the message is larger than " + submissions.mostOctets() + " octets");
        }
        String asked = sender.id() + "\0raw\0" + named + "\0" + recipients + "\0" + saveSent
                + (sendAt == null ? "" : "\0" + sendAt);
        return answer(idempotent.submit(
                new IdempotentSubmissions.Attempt(sender.id(), checked(key), asked, request.getInputStream()),
                body -> new Request(
                        sender,
                        request.getRemoteAddr(),
                        out -> copy(body, out),
                        header -> RecipientFields.complete(header, own(sender), named, recipients),
                        saveSent,
                        sendAt)));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "composeMessage",
            summary = "Compose a message and send it",
            requestBody =
                    @RequestBody(
                            content =
                                    @Content(
                                            schema = @Schema(implementation = NewMessage.class),
                                            examples = @ExampleObject(EXAMPLE))))
    ResponseEntity<Submitted> compose(
            Caller caller,
            @Parameter(description = "whose mail it is: an account's id") @RequestParam(defaultValue = Caller.ME)
                    String account,
            @Parameter(description = "a repeat with the same key within 24 hours is answered as the first one")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    @Nullable
                    String key,
            HttpServletRequest request)
            throws IOException {
        Account sender = submissions.account(caller.account(account));
        String name = checked(key);
        long length = request.getContentLengthLong();
        int megabytes = length < 0 ? MOST_MEGABYTES : (int) Math.min(MOST_MEGABYTES, length / MEGABYTE + 1);
        take(megabytes);
        try {
            return answer(idempotent.submit(
                    new IdempotentSubmissions.Attempt(
                            sender.id(), name, sender.id() + "\0json", request.getInputStream()),
                    body -> {
                        NewMessage message = read(body.readAllBytes());
                        Composition composition = new Composition(message, own(sender));
                        return new Request(
                                sender,
                                request.getRemoteAddr(),
                                composition::writeTo,
                                _ -> new Submissions.Addressing(composition.from(), composition.recipients()),
                                Boolean.TRUE.equals(message.saveSent()),
                                message.sendAt());
                    }));
        } finally {
            memory.release(megabytes);
        }
    }

    private void take(int megabytes) {
        try {
            if (!memory.tryAcquire(megabytes, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new ProblemException(ErrorCode.UNAVAILABLE, "too many large messages are being composed");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ErrorCode.UNAVAILABLE, "the service is stopping");
        }
    }

    private NewMessage read(byte[] body) {
        try {
            NewMessage message = json.readValue(body, NewMessage.class);
            if (message == null) {
                throw new ProblemException(ErrorCode.MALFORMED, "a JSON object is expected");
            }
            return message;
        } catch (JacksonException unreadable) {
            throw JsonProblems.of(unreadable);
        }
    }

    /** Copies up to one octet more than is taken: enough for the refusal. */
    private void copy(InputStream body, OutputStream out) throws IOException {
        long left = submissions.mostOctets() + 1;
        byte[] buffer = new byte[16 * 1024];
        int read = body.read(buffer, 0, (int) Math.min(left, buffer.length));
        while (read > 0) {
            out.write(buffer, 0, read);
            left -= read;
            read = body.read(buffer, 0, (int) Math.min(left, buffer.length));
        }
    }

    private static ResponseEntity<Submitted> answer(IdempotentSubmissions.Answer answer) {
        ResponseEntity.BodyBuilder accepted = ResponseEntity.status(HttpStatus.ACCEPTED);
        if (answer.repeated()) {
            accepted.header("Idempotent-Replayed", "true");
        }
        return accepted.body(answer.submitted());
    }

    private static EmailAddress own(Account account) {
        return EmailAddress.parse(account.email())
                .orElseThrow(() -> new ProblemException(ErrorCode.INVALID, "the account has no address"));
    }

    private static EmailAddress address(String field, String text) {
        return EmailAddress.parse(text)
                .orElseThrow(() -> new InvalidFields(List.of(new FieldProblem(field, "not an address"))));
    }

    /** The key; empty: none. */
    private static String checked(@Nullable String key) {
        if (key == null) {
            return "";
        }
        if (key.isBlank() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new InvalidFields(
                    List.of(new FieldProblem("Idempotency-Key", "not 1 to " + LONGEST_KEY + " printable characters")));
        }
        return key;
    }

    @Configuration(proxyBeanMethods = false)
    static class Access {
        @Bean
        AccessRules messageAccess() {
            return rules -> rules.requestMatchers(HttpMethod.POST, "/api/messages")
                    .hasAnyAuthority("SCOPE_mail.send", "SCOPE_admin", "SCOPE_internal");
        }
    }
}
