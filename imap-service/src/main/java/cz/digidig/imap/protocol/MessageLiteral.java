package cz.digidig.imap.protocol;

/**
 * APPEND's message as announced, not read yet.
 *
 * @param size its octets
 * @param unsynchronised the client sends it without waiting (RFC 7888)
 * @param binary literal8: it may hold NUL (RFC 3516 §4.4)
 */
public record MessageLiteral(long size, boolean unsynchronised, boolean binary) {}
