package cz.digidig.client.message;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * The paths of a message and what belongs to it.
 *
 * @param mailbox its mailbox's id
 * @param message its id
 */
record MessagePaths(String mailbox, String message) {
    /** Behind it stands an encoded {@code mailto:} link. */
    static final String COMPOSE = "/compose?mailto=";

    String part(String number) {
        return UriComponentsBuilder.fromPath("/mail/{mailbox}/{message}/parts/{part}")
                .build(mailbox, message, number)
                .toString();
    }

    String picture(String url, String proof) {
        return UriComponentsBuilder.fromPath("/mail/{mailbox}/{message}/picture")
                .queryParam("url", "{url}")
                .queryParam("proof", "{proof}")
                .build(mailbox, message, url, proof)
                .toString();
    }
}
