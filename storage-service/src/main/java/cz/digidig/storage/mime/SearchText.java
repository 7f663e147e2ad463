package cz.digidig.storage.mime;

/**
 * A message's text in the form in which it is searched: decoded, folded to one case, normalised (NFC), each run of white
 * space one space. What is looked for must be folded by {@link CaseFold#fold} first; then a substring test answers.
 *
 * @param headers the header fields in order, each {@code "\n" + name + ":" + value}, and a last {@code "\n"};
 *     with a field named {@link #ATTACHMENT_MARK} where the message has attachments
 * @param body the text of all text parts, the headers of messages inside, and the names of attachments
 */
public record SearchText(String headers, String body) {
    /** A name that no field and no searched text can have. */
    public static final String ATTACHMENT_MARK = "\u0001";
}
