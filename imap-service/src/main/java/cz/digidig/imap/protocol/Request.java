package cz.digidig.imap.protocol;

/**
 * A command with its tag.
 *
 * @param tag as the client chose it; ASCII
 * @param command what to do
 */
public record Request(String tag, ImapCommand command) {}
