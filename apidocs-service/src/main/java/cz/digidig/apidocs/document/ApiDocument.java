package cz.digidig.apidocs.document;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * One version of a service's OpenAPI document.
 *
 * @param service the service's short name
 * @param id opaque; sorts by time
 * @param firstSeen when it was first given out
 * @param lastSeen when it was last given out
 * @param content the document, OpenAPI 3.1
 */
public record ApiDocument(String service, String id, Instant firstSeen, Instant lastSeen, JsonNode content) {
    /** The release that it describes. */
    public String release() {
        return content.path("info").path("version").asString("");
    }
}
