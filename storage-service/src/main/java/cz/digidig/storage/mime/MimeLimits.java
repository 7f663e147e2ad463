package cz.digidig.storage.mime;

/**
 * How far a message is looked into. What lies beyond is kept and served, only not described any more.
 *
 * @param depth nested multiparts and messages; a deeper one is a leaf
 * @param parts parts in all; what follows in a multipart is one leaf
 * @param fields header fields of one header; later ones are not looked at
 * @param fieldLength octets of one header field's value
 * @param parameters parameters of one field
 * @param addresses addresses of one envelope field
 * @param boundaryLength octets of a boundary; a multipart with a longer one is a leaf (RFC 2046 allows 70)
 * @param wireLength characters of a rendered text after which optional values are left out
 * @param searchedHeader characters of header text kept for searching
 * @param searchedBody characters of body text kept for searching
 * @param preview characters of the preview
 */
public record MimeLimits(
        int depth,
        int parts,
        int fields,
        int fieldLength,
        int parameters,
        int addresses,
        int boundaryLength,
        int wireLength,
        int searchedHeader,
        int searchedBody,
        int preview) {
    public static final MimeLimits DEFAULT =
            new MimeLimits(50, 1000, 2000, 64 << 10, 100, 5000, 256, 1 << 20, 64 << 10, 448 << 10, 200);
}
