package cz.digidig.smtp.submission;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.FieldProblem;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.smtp.protocol.AuthorField;
import cz.digidig.smtp.protocol.SubmissionFields;
import cz.digidig.smtp.submission.Submissions.Addressing;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The envelope as the header says it: From or the account, and all of To, Cc and Bcc, groups included. */
final class RecipientFields {
    private RecipientFields() {}

    /**
     * Completes what the request says.
     *
     * @param own the account's own address
     * @param from the envelope sender; empty: the first author
     * @param to the recipients; empty: those of the header
     */
    static Addressing complete(
            SubmissionFields header, EmailAddress own, Optional<EmailAddress> from, List<EmailAddress> to) {
        EmailAddress sender = from.or(
                        () -> header.from().flatMap(AuthorField::parse).map(List::getFirst))
                .orElse(own);
        return new Addressing(sender, to.isEmpty() ? recipients(header) : to);
    }

    private static List<EmailAddress> recipients(SubmissionFields header) {
        if (header.recipientsCut()) {
            throw problem("the header names too many recipients; name them in the request");
        }
        List<EmailAddress> all = new ArrayList<>();
        for (String value : header.recipients()) {
            try {
                for (InternetAddress address : InternetAddress.parse(value.replaceAll("\r\n(?=[ \t])", ""), false)) {
                    InternetAddress[] members = address.isGroup() ? address.getGroup(false) : null;
                    if (members == null) {
                        all.add(one(address));
                    } else {
                        for (InternetAddress member : members) {
                            all.add(one(member));
                        }
                    }
                }
            } catch (AddressException unreadable) {
                throw problem("the header's recipients can't be read; name them in the request");
            }
        }
        return all;
    }

    private static EmailAddress one(InternetAddress address) {
        String text = address.getAddress();
        return Optional.ofNullable(text)
                .flatMap(EmailAddress::parse)
                .orElseThrow(() -> problem("not an address in the header: " + text));
    }

    private static InvalidFields problem(String why) {
        return new InvalidFields(List.of(new FieldProblem("to", why)));
    }
}
