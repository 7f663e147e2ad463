package cz.digidig.identity.dkim;

/**
 * The TXT record to publish (RFC 6376 §3.6).
 *
 * @param name the record's full name
 * @param type {@code TXT}
 * @param value its text in one piece
 * @param zoneFile the line of a zone file, the text in pieces of at most 255 octets
 */
record KeyRecord(String name, String type, String value, String zoneFile) {
    private static final int LONGEST_STRING = 255;

    static KeyRecord of(String domain, DkimKey key) {
        String name = key.selector() + "._domainkey." + domain;
        String value = "v=DKIM1; k=" + key.algorithm().label() + "; p=" + key.publicKey();
        StringBuilder line = new StringBuilder(name).append(". IN TXT");
        for (int from = 0; from < value.length(); from += LONGEST_STRING) {
            line.append(" \"")
                    .append(value, from, Math.min(value.length(), from + LONGEST_STRING))
                    .append('"');
        }
        return new KeyRecord(name, "TXT", value, line.toString());
    }
}
