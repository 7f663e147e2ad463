package cz.digidig.common.api.identity;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Calls that services make to identity (scope {@code internal}).
 *
 * <p>Changes of accounts, aliases and domains are announced as server-sent events on {@link #EVENTS_PATH}; an event's
 * data is an {@link IdentityChange}. Who caches an answer drops it on such an event, and when the stream is interrupted.
 */
@HttpExchange("/api/internal")
public interface IdentityApi {
    String EVENTS_PATH = "/api/internal/events";

    /**
     * Checks a password of a mail log-in.
     *
     * @throws org.springframework.web.client.HttpClientErrorException 401 {@code invalid-credentials}: unknown account,
     *     wrong password or disabled, without saying which; 429 {@code too-many-attempts} with {@code Retry-After}
     */
    @PostExchange("/authenticate")
    AccountSummary authenticate(@RequestBody AuthenticationRequest request);

    /** Resolves an envelope recipient after aliases, catch-all and sub-addressing. Always 200; see the outcome. */
    @GetExchange("/recipients/{address}")
    RecipientResolution recipient(@PathVariable String address);

    /** Facts of one account; 404 {@code not-found} where there is none. */
    @GetExchange("/accounts/{account}")
    AccountSummary account(@PathVariable String account);

    /**
     * The keys that mail from a domain is signed by now; none where the domain is not served here. A change of them is
     * announced as a change of the domain.
     */
    @GetExchange("/domains/{domain}/dkim")
    List<DkimSigningKey> dkimKeys(@PathVariable String domain);
}
