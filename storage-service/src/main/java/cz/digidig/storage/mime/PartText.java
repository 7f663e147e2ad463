package cz.digidig.storage.mime;

/** The decoded text of a text part. */
final class PartText {
    private PartText() {}

    /**
     * Decodes a part's transfer encoding and charset.
     *
     * @param most the most octets looked at
     */
    static String decode(byte[] octets, MimePart part, int most) {
        int end = Math.min(part.end, part.bodyStart + Math.min(most, part.end - part.bodyStart));
        String charset = part.parameter("charset");
        String encoding = part.lowerEncoding();
        if (encoding.equals("base64") || encoding.equals("quoted-printable")) {
            byte[] plain = TransferCoding.decode(octets, part.bodyStart, end, encoding, most);
            return CharsetText.decode(plain, 0, plain.length, charset);
        }
        return CharsetText.decode(octets, part.bodyStart, end, charset);
    }
}
