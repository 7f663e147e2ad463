package cz.digidig.identity.alias;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.web.Refusals;
import java.util.List;

/**
 * Where an alias leads.
 *
 * @param addresses as shown, each once
 * @param keys the same without their tags, as they are looked up by
 */
record AliasTargets(List<String> addresses, List<String> keys) {
    static AliasTargets parse(AliasAddress of, List<String> texts) {
        List<EmailAddress> targets = texts.stream().map(AliasTargets::target).toList();
        if (targets.stream().anyMatch(target -> target.key().equals(of.key()))) {
            throw Refusals.field("targets", "must not hold the alias itself");
        }
        return new AliasTargets(
                targets.stream().map(EmailAddress::toString).distinct().toList(),
                targets.stream()
                        .map(target -> target.withoutTag().key())
                        .distinct()
                        .toList());
    }

    private static EmailAddress target(String text) {
        return EmailAddress.parse(text).orElseThrow(() -> Refusals.field("targets", "not an address: " + text));
    }
}
