package cz.digidig.client.message;

import org.springframework.web.util.UriComponentsBuilder;

/** Paths that stand in the HTML of mails. */
final class MessagePaths {
    private MessagePaths() {}

    static String picture(String url, String proof) {
        return UriComponentsBuilder.fromPath(RemotePictures.PATH)
                .queryParam("url", "{url}")
                .queryParam("proof", "{proof}")
                .build(url, proof)
                .toString();
    }
}
