package cz.digidig.storage.mime;

/**
 * A parameter as given in a field, octets as ISO 8859-1 characters; RFC 2231's continuations are parameters of their own.
 *
 * @param name as written, such as {@code filename*0*}
 * @param value without quotes
 */
record Parameter(String name, String value) {}
