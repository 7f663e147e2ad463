package cz.digidig.identity.alias;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.common.rest.InvalidFields;
import cz.digidig.identity.web.Refusals;

/**
 * What an alias stands for.
 *
 * @param text as shown: {@code local@domain}, or {@code @domain} for whatever else comes to a domain
 * @param key the form by which it is compared
 * @param domain the domain, in normal form
 */
record AliasAddress(String text, String key, String domain) {
    static AliasAddress parse(String text) {
        if (text.startsWith("@")) {
            return EmailAddress.domain(text.substring(1))
                    .map(domain -> new AliasAddress("@" + domain, "@" + domain, domain))
                    .orElseThrow(AliasAddress::invalid);
        }
        return EmailAddress.parse(text)
                .map(address -> new AliasAddress(address.toString(), address.key(), address.domain()))
                .orElseThrow(AliasAddress::invalid);
    }

    private static InvalidFields invalid() {
        return Refusals.field("address", "must be local@domain, or @domain for a catch-all");
    }
}
