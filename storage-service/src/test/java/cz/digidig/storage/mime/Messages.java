package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Small messages to test with, with LF for line ends in the source and CRLF in the octets. */
final class Messages {
    static final String SIMPLE = """
            From: Ann Example <ann@example.org>
            To: Bob <bob@example.net>, "Carl, the third" <carl@example.net>
            Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= from Ann
            Date: Tue, 24 Nov 2026 09:30:00 +0100
            Message-ID: <one@example.org>

            Hello Bob,

            the   STRASSE is long.
            """;

    static final String MIXED = """
            From: ann@example.org
            To: bob@example.net
            Subject: photos
            References: <root@example.org> <one@example.org>
            In-Reply-To: <one@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="outer"

            preamble
            --outer
            Content-Type: multipart/alternative; boundary="outer-2"

            --outer-2
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Caf=C3=A9 =
            time
            --outer-2
            Content-Type: text/html; charset=utf-8

            <style>p { color: red }</style><p>Caf&eacute; <b>time</b></p>
            --outer-2--

            --outer
            Content-Type: image/png; name="cat.png"
            Content-Transfer-Encoding: base64
            Content-ID: <cat@example.org>
            Content-Description: a cat
            Content-Disposition: attachment; filename="cat.png"; size=3
            Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
            Content-Language: en, cs
            Content-Location: http://example.org/
              cat.png

            Y2F0
            --outer
            Content-Type: message/rfc822

            From: dora@example.org
            Subject: inside

            an inner text
            --outer--
            epilogue
            """;

    static final String ODD = """
            From: Friends: "a \\"quoted\\" one" <@relay.example,@two.example:joe@example.org>, pete(his account)@silly.example;
            Sender:
            To: root, John Doe <john . doe @ example . org> (a (nested) comment), <>, ,;
            Cc: undisclosed-recipients:;
            Subject: it is "quoted" and \\ and žluťoučký
            Date: 1 Jan 03 00:00
            Content-Type: text/plain; charset=iso-8859-2; name*0*=utf-8''%e2%82%ac; name*1="x.txt"

            body
            """;

    static final List<String> ALL = List.of(SIMPLE, MIXED, ODD);

    private Messages() {}

    static byte[] octets(String source) {
        return source.replace("\n", "\r\n").getBytes(UTF_8);
    }
}
