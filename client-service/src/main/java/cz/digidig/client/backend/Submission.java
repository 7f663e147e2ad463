package cz.digidig.client.backend;

import cz.digidig.common.client.ServiceClients;
import java.util.List;
import java.util.Objects;
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
     * Sends a message to whom its header names; a copy goes to Sent.
     *
     * @param key a repeat with the same one sends nothing again
     * @throws cz.digidig.common.client.ServiceFailure it was refused, or smtp does not answer
     */
    public Submitted send(byte[] message, String key) {
        return Objects.requireNonNull(
                smtp.post()
                        .uri("/api/messages?saveSent=true")
                        .contentType(MESSAGE)
                        .header("Idempotency-Key", key)
                        .body(message)
                        .retrieve()
                        .body(Submitted.class),
                "an answer");
    }
}
