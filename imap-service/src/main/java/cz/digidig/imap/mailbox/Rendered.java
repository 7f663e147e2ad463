package cz.digidig.imap.mailbox;

/**
 * What FETCH tells of a message, ready to be written.
 *
 * @param envelope ENVELOPE's value
 * @param bodyStructure BODYSTRUCTURE's value
 * @param body BODY's value
 * @param threadId THREADID
 * @param layout where its parts lie
 */
public record Rendered(byte[] envelope, byte[] bodyStructure, byte[] body, String threadId, Part layout) {
    int octets() {
        return 200 + envelope.length + bodyStructure.length + body.length + 64 * layout.count();
    }
}
