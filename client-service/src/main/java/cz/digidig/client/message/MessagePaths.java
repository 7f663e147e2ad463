package cz.digidig.client.message;

import org.springframework.web.util.UriComponentsBuilder;

/** Paths that stand in the HTML of mails. */
final class MessagePaths {
    /** Behind it stands an encoded {@code mailto:} link. */
    static final String COMPOSE = "/compose?mailto=";

    private MessagePaths() {}

    static String picture(String url, String proof) {
        return UriComponentsBuilder.fromPath(RemotePictures.PATH)
                .queryParam("url", "{url}")
                .queryParam("proof", "{proof}")
                .build(url, proof)
                .toString();
    }
}
