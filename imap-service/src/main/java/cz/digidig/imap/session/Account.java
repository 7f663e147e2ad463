package cz.digidig.imap.session;

/**
 * Who is logged in.
 *
 * @param id the account's id
 * @param email its primary address
 */
public record Account(String id, String email) {}
