package cz.digidig.client.backend;

import cz.digidig.common.client.ServiceClients;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Sends the person's messages. */
@Component
public class Submission {
    private static final MediaType MESSAGE = MediaType.parseMediaType("message/rfc822");

    private final RestClient smtp;

    Submission(ServiceClients clients, WebmailProperties properties, PersonalToken token) {
        this.smtp = clients.personal(properties.smtpUrl(), token::current);
    }

    /**
     * What became of a message.
     *
     * @param id the queue's
     * @param recipients what became of each
     */
    public record Submitted(String id, String messageId, List<Outcome> recipients) {}

    /** One recipient. */
    public record Outcome(String address, boolean accepted, String status, String detail) {}

    /**
     * A message that waits for its time.
     *
     * @param id the queue's
     * @param sendAt when it is to be sent
     * @param size octets
     */
    public record Scheduled(String id, Instant sendAt, String subject, List<String> recipients, long size) {}

    /** All of them. */
    record ScheduledMessages(List<Scheduled> items) {}

    /**
     * Sends a message to whom its header names; a copy goes to Sent.
     *
     * @param key a repeat with the same one sends nothing again
     * @throws cz.digidig.common.client.ServiceFailure it was refused, or smtp does not answer
     */
    public Submitted send(byte[] message, String key) {
        return send(message, key, null);
    }

    /**
     * The same at a later time; until then smtp keeps it.
     *
     * @param sendAt null: at once
     */
    public Submitted send(byte[] message, String key, @Nullable Instant sendAt) {
        return Objects.requireNonNull(
                smtp.post()
                        .uri(builder -> builder.path("/api/messages")
                                .queryParam("saveSent", true)
                                .queryParamIfPresent("sendAt", Optional.ofNullable(sendAt))
                                .build())
                        .contentType(MESSAGE)
                        .header("Idempotency-Key", key)
                        .body(message)
                        .retrieve()
                        .body(Submitted.class),
                "an answer");
    }

    /** What waits for its time, the next one first. */
    public List<Scheduled> scheduled() {
        return Objects.requireNonNull(
                        smtp.get().uri("/api/messages/scheduled").retrieve().body(ScheduledMessages.class), "an answer")
                .items();
    }

    /** One of them, as it will be sent, with its Bcc field. */
    public byte[] scheduled(String id) {
        return Objects.requireNonNull(
                smtp.get()
                        .uri("/api/messages/scheduled/{id}", id)
                        .accept(MESSAGE, MediaType.APPLICATION_PROBLEM_JSON)
                        .retrieve()
                        .body(byte[].class),
                "a message");
    }

    /**
     * Calls one back.
     *
     * @throws cz.digidig.common.client.ServiceFailure it is sent already, or about to be
     */
    public void cancel(String id) {
        smtp.delete().uri("/api/messages/scheduled/{id}", id).retrieve().toBodilessEntity();
    }
}
