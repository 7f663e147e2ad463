package cz.digidig.smtp.mailauth.dkim;

import cz.digidig.smtp.mailauth.MessageHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which fields are signed.
 *
 * @param always signed once more than they are there, so that none can be added later (RFC 6376 §8.15); From among them
 * @param present signed as often as they are there
 */
public record SignedFields(List<String> always, List<String> present) {
    /** What a message means to its reader (RFC 6376 §5.4.1). */
    public static final SignedFields USUAL = new SignedFields(
            List.of("From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References"),
            List.of(
                    "Sender",
                    "MIME-Version",
                    "Content-Type",
                    "Content-Transfer-Encoding",
                    "Content-Disposition",
                    "Content-ID",
                    "Content-Description",
                    "Resent-Date",
                    "Resent-From",
                    "Resent-To",
                    "Resent-Cc",
                    "Resent-Message-ID",
                    "List-Id",
                    "List-Help",
                    "List-Unsubscribe",
                    "List-Unsubscribe-Post",
                    "List-Subscribe",
                    "List-Post",
                    "List-Owner",
                    "List-Archive",
                    "Autocrypt"));

    /** Refuses to leave out From (RFC 6376 §5.4). */
    public SignedFields {
        always = List.copyOf(always);
        present = List.copyOf(present);
        if (always.stream().noneMatch("From"::equalsIgnoreCase)
                && present.stream().noneMatch("From"::equalsIgnoreCase)) {
            throw new IllegalArgumentException("From must be signed");
        }
    }

    /** {@code h=} for a message. */
    List<String> namesFor(MessageHeader header) {
        List<String> names = new ArrayList<>();
        always.forEach(name -> add(names, name, count(header, name) + 1));
        present.forEach(name -> add(names, name, count(header, name)));
        return names;
    }

    private static void add(List<String> names, String name, int times) {
        for (int i = 0; i < times; i++) {
            names.add(name);
        }
    }

    private static int count(MessageHeader header, String name) {
        return header.named(name.toLowerCase(Locale.ROOT)).size();
    }
}
