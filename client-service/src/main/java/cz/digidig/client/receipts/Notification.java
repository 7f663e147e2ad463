package cz.digidig.client.receipts;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.MessageDetail;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules of receipts, and their part for programs. */
final class Notification {
    static final String TYPE = "message/disposition-notification";
    static final String SENT = "$MDNSent";
    private static final int MOST_ASKING = 3;
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^Disposition:[^;\r\n]{0,200};\\s*([a-z]+)");
    private static final Pattern RECIPIENT = Pattern.compile("(?im)^Final-Recipient:[^;\r\n]{0,100};\\s*(\\S{1,320})");

    private Notification() {}

    /**
     * The receipt that a message asks its reader for; empty: none, or one that may not be given: lists, other receipts, own
     * mail, and what was answered already.
     *
     * @param own whether an address is the reader's
     */
    static Optional<Receipt> asked(MessageDetail detail, Predicate<String> own) {
        List<String> to = detail.header("Disposition-Notification-To")
                .map(Notification::addresses)
                .orElse(List.of());
        boolean mine = detail.message().from().stream().anyMatch(one -> own.test(one.address()));
        if (to.isEmpty()
                || to.stream().anyMatch(own)
                || mine
                || detail.message().draft()
                || isOfList(detail)
                || isReport(detail)) {
            return Optional.empty();
        }
        if (detail.message().keywords().stream().anyMatch(SENT::equalsIgnoreCase)) {
            return Optional.empty();
        }
        // RFC 8098 §2.1: somebody else than the one whom it is from may be behind it.
        String cameFrom = detail.header("Return-Path").orElse("").replaceAll("[<>\\s]", "");
        return Optional.of(new Receipt(
                Receipt.Kind.ASKED,
                sender(detail),
                String.join(", ", to),
                to.size() > 1 || !to.getFirst().equalsIgnoreCase(cameFrom),
                detail.message().receivedAt()));
    }

    private static List<String> addresses(String field) {
        try {
            return Arrays.stream(InternetAddress.parse(field, true))
                    .filter(one -> !one.isGroup())
                    .map(InternetAddress::getAddress)
                    .filter(one -> one.matches("[!-~]{1,64}@[!-~]{1,255}"))
                    .distinct()
                    .limit(MOST_ASKING)
                    .toList();
        } catch (AddressException unreadable) {
            return List.of();
        }
    }

    private static boolean isOfList(MessageDetail detail) {
        return detail.headers().stream()
                .anyMatch(field -> field.name().matches("(?i)List-(Id|Post|Unsubscribe)")
                        || (field.name().equalsIgnoreCase("Precedence")
                                && field.value().strip().matches("(?i)bulk|list|junk")));
    }

    private static boolean isReport(MessageDetail detail) {
        return detail.header("Content-Type")
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("multipart/report"))
                .isPresent();
    }

    private static String sender(MessageDetail detail) {
        return detail.message().from().stream()
                .findFirst()
                .map(Correspondent::shown)
                .orElse("");
    }

    /** What a receipt that came says, by its part for programs; empty: that says nothing. */
    static Optional<Receipt> given(MessageDetail detail, String fields) {
        Matcher disposition = DISPOSITION.matcher(fields.replaceAll("\r?\n[ \t]+", " "));
        if (!disposition.find()) {
            return Optional.empty();
        }
        Matcher recipient = RECIPIENT.matcher(fields);
        return Optional.of(new Receipt(
                switch (disposition.group(1).toLowerCase(Locale.ROOT)) {
                    case "displayed" -> Receipt.Kind.DISPLAYED;
                    case "deleted" -> Receipt.Kind.DELETED;
                    default -> Receipt.Kind.OTHER;
                },
                recipient.find() ? recipient.group(1) : sender(detail),
                "",
                false,
                detail.message().date() == null
                        ? detail.message().receivedAt()
                        : detail.message().date()));
    }

    /** The part of a receipt that is for programs (RFC 8098 §3.1): its reader displayed the message, and allowed to say so. */
    static String fields(MessageDetail detail, String reader, String hostname) {
        String id = detail.header("Message-ID").orElse("").strip();
        return "Reporting-UA: " + hostname + "; DIGiDIG\r\n"
                + "Final-Recipient: rfc822;" + reader + "\r\n"
                + (id.matches("<[!-~]{1,900}>") ? "Original-Message-ID: " + id + "\r\n" : "")
                + "Disposition: manual-action/MDN-sent-manually; displayed\r\n";
    }
}
