package cz.digidig.smtp.dns;

/**
 * One MX record.
 *
 * @param preference less is preferred
 * @param host its name without the last dot; empty: the domain takes no mail (RFC 7505)
 */
public record MailExchange(int preference, String host) {}
