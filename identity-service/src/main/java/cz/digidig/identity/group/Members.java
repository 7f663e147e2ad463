package cz.digidig.identity.group;

import cz.digidig.common.mail.EmailAddress;
import cz.digidig.identity.web.Refusals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a group's mail goes.
 *
 * @param addresses as shown, each once
 * @param keys the same without their tags, as they are looked up by
 */
record Members(List<String> addresses, List<String> keys) {
    static Members parse(String group, List<String> texts) {
        Map<String, EmailAddress> members = new LinkedHashMap<>();
        for (String text : texts) {
            EmailAddress member =
                    EmailAddress.parse(text).orElseThrow(() -> Refusals.field("members", "not an address: " + text));
            if (member.key().equals(group)) {
                throw Refusals.field("members", "must not hold the group itself");
            }
            members.putIfAbsent(member.key(), member);
        }
        if (members.size() > Groups.MOST_MEMBERS) {
            throw Refusals.field("members", "must be at most " + Groups.MOST_MEMBERS);
        }
        return new Members(
                members.values().stream().map(EmailAddress::toString).toList(),
                members.values().stream()
                        .map(member -> member.withoutTag().key())
                        .distinct()
                        .toList());
    }

    String[] array() {
        return addresses.toArray(String[]::new);
    }

    String[] keyArray() {
        return keys.toArray(String[]::new);
    }
}
