package cz.digidig.common.api.storage;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * Messages by id, for the protocol services (scope {@code internal}). A message never changes, so answers may be kept
 * for ever.
 *
 * <p>Octets stream outside this interface: {@code GET /api/internal/messages/{id}/raw}, with {@code Range};
 * {@code POST /api/accounts/{account}/mailboxes/{mailbox}/messages?flags=&internalDate=} appends a {@code
 * message/rfc822} body and answers {@link AppendResult}; {@code POST
 * /api/internal/deliveries?key=&account=&account=&use=&flags=} delivers one, into INBOX or the mailbox for a special use,
 * and answers {@link DeliveryResult}. {@code POST
 * /api/internal/messages/raw} takes a JSON list of at most {@link #MOST_RAW} ids and answers {@code
 * application/octet-stream}: for each id, in that order, the length as 8 octets (big-endian; -1: there is no such message)
 * and then that many octets; with {@code ?most=n} only the first n octets of each. Mailbox changes are
 * announced as server-sent events on {@link #EVENTS_PATH}, the data of each a {@link MailboxEvent}.
 */
@HttpExchange("/api/internal/messages")
public interface MessageApi {
    String EVENTS_PATH = "/api/internal/events";
    String DELIVERIES_PATH = "/api/internal/deliveries";

    /** The most ids in one call of {@link #rendered}. */
    int MOST_RENDERED = 1000;

    /** The path of the call that answers with many messages' octets, and the most ids in one. */
    String RAW_PATH = "/api/internal/messages/raw";

    int MOST_RAW = 256;

    /** What IMAP FETCH needs of many messages, rendered at arrival. Unknown ids are left out. */
    @PostExchange("/rendered")
    List<RenderedMessage> rendered(@RequestBody List<String> ids);

    @GetExchange("/{id}/rendered")
    RenderedMessage rendered(@PathVariable String id);
}
