package cz.digidig.common.api.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as IMAP shows it. The texts hold octets as ISO 8859-1 characters, ready to be written; literals inside are
 * complete.
 *
 * @param id whose
 * @param envelope the value of ENVELOPE, parentheses included (RFC 9051 §7.5.2)
 * @param bodyStructure the value of BODYSTRUCTURE
 * @param body the value of BODY, without extension data
 * @param threadId RFC 8474 THREADID
 * @param layout where its parts lie
 */
public record RenderedMessage(
        String id, String envelope, String bodyStructure, String body, String threadId, PartLayout layout) {

    /**
     * Where a part lies in the message's octets.
     *
     * @param header offset of its header's first octet (for the message itself: 0)
     * @param body offset of its body, behind the empty line
     * @param end offset behind its body's last octet
     * @param encoding its Content-Transfer-Encoding in lower case ({@code 7bit} where there is none)
     * @param parts the parts of a multipart; else empty
     * @param message for message/rfc822 and message/global: the message inside; else null
     */
    public record PartLayout(
            long header,
            long body,
            long end,
            String encoding,
            List<PartLayout> parts,
            @Nullable PartLayout message) {}
}
