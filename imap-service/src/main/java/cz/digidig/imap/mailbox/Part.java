package cz.digidig.imap.mailbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a part lies in a message's octets.
 *
 * @param header offset of its header
 * @param body offset of its body
 * @param end offset behind its body
 * @param encoding its Content-Transfer-Encoding in lower case
 * @param parts of a multipart; else empty
 * @param message the message inside a message/rfc822; else null
 */
public record Part(
        long header,
        long body,
        long end,
        String encoding,
        List<Part> parts,
        @Nullable Part message) {
    int count() {
        int count = 1 + (message == null ? 0 : message.count());
        for (Part part : parts) {
            count += part.count();
        }
        return count;
    }
}
