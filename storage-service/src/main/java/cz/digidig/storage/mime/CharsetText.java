package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Octets to text by the name of a charset, whatever it is: an unknown or wrong one is guessed. */
final class CharsetText {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int MOST_NAME = 40;

    private CharsetText() {}

    /** Decodes; what is malformed becomes U+FFFD. */
    static String decode(byte[] octets, int from, int to, @Nullable String charset) {
        Charset known = charset == null ? null : find(charset);
        if (known == null || known.equals(ISO_8859_1) || known.equals(UTF_8)) {
            return guess(octets, from, to, known);
        }
        return new String(octets, from, to - from, known);
    }

    /** UTF-8 where it is that; else what is named, with Windows' superset for ISO 8859-1, as all the world reads it. */
    private static String guess(byte[] octets, int from, int to, @Nullable Charset named) {
        if (isAscii(octets, from, to)) {
            return new String(octets, from, to - from, ISO_8859_1);
        }
        if (ISO_8859_1.equals(named)) {
            return new String(octets, from, to - from, WINDOWS_1252);
        }
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, from, to - from))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(octets, from, to - from, named == null ? WINDOWS_1252 : named);
        }
    }

    static boolean isAscii(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** US-ASCII and unknown names: null, for guessing. */
    private static @Nullable Charset find(String given) {
        String name = given.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > MOST_NAME) {
            return null;
        }
        switch (name) {
            case "us-ascii", "ascii", "ansi_x3.4-1968", "unknown-8bit", "x-unknown", "default" -> {
                return null;
            }
            case "utf-8", "utf8", "unicode-1-1-utf-8" -> {
                return UTF_8;
            }
            case "iso-8859-1", "iso8859-1", "latin1", "iso_8859-1" -> {
                return ISO_8859_1;
            }
            default -> {
                return findOther(name);
            }
        }
    }

    private static @Nullable Charset findOther(String name) {
        String wanted =
                switch (name) {
                    case "gb2312", "gbk", "x-gbk" -> "gb18030";
                    case "ks_c_5601-1987", "ks_c_5601", "euc-kr" -> "x-windows-949";
                    case "iso-8859-8-i", "iso-8859-8-e" -> "iso-8859-8";
                    case "iso-8859-9" -> "windows-1254";
                    case "iso-8859-11", "tis-620" -> "x-windows-874";
                    case "shift_jis", "shift-jis", "sjis", "x-sjis" -> "windows-31j";
                    case "iso-2022-jp-3", "iso-2022-jp-2004" -> "iso-2022-jp-2";
                    case "cp-850" -> "ibm850";
                    default -> name.startsWith("cp125") ? "windows-" + name.substring(2) : name;
                };
        try {
            return Charset.forName(wanted);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return null;
        }
    }
}
