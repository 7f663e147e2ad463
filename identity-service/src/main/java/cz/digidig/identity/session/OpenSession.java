package cz.digidig.identity.session;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * Something that is signed in.
 *
 * @param id by which it is revoked
 * @param lastUsedAt when it was last seen here; programs come once in the life of an access token
 * @param address the IP address that it began from; empty: not known
 * @param agent what the browser calls itself; empty: no browser
 * @param current whether the token that asks belongs to it
 */
record OpenSession(
        String id, Kind kind, Instant startedAt, Instant lastUsedAt, String address, String agent, boolean current) {
    /** What is signed in. */
    enum Kind {
        BROWSER,
        MAIL_PROGRAM,
        TOKEN;

        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
