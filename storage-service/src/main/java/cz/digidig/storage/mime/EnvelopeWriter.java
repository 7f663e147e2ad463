package cz.digidig.storage.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes ENVELOPE (RFC 9051 §7.5.2): a field that is not there is NIL, one that is empty an empty string, an address list
 * without addresses NIL; Sender and Reply-To are From's where they are not there or empty. An address without a host has
 * an empty one, since NIL would make it a group.
 */
final class EnvelopeWriter {
    private EnvelopeWriter() {}

    static String envelope(Header header, MimeLimits limits) {
        WireText wire = new WireText(limits.wireLength());
        String from = addresses(header, "from", limits);
        wire.raw('(').nstring(header.first("date")).raw(' ');
        wire.nstring(header.first("subject")).raw(' ').raw(from).raw(' ');
        wire.raw(orElse(addresses(header, "sender", limits), from)).raw(' ');
        wire.raw(orElse(addresses(header, "reply-to", limits), from)).raw(' ');
        wire.raw(addresses(header, "to", limits)).raw(' ');
        wire.raw(addresses(header, "cc", limits)).raw(' ');
        wire.raw(addresses(header, "bcc", limits)).raw(' ');
        wire.nstring(header.first("in-reply-to")).raw(' ');
        return wire.nstring(header.first("message-id")).raw(')').toString();
    }

    private static String orElse(String list, String other) {
        return list.equals("NIL") ? other : list;
    }

    private static String addresses(Header header, String field, MimeLimits limits) {
        String value = header.joined(field);
        return value == null ? "NIL" : addresses(AddressReader.read(value, limits.addresses()), limits);
    }

    static String addresses(@Nullable List<Address> list, MimeLimits limits) {
        if (list == null || list.isEmpty()) {
            return "NIL";
        }
        WireText wire = new WireText(limits.wireLength());
        wire.raw('(');
        for (Address address : list) {
            switch (address) {
                case Address.Mailbox(String name, String route, String local, String host) -> {
                    wire.raw('(').nonEmpty(name).raw(' ').nonEmpty(route).raw(' ');
                    wire.string(local).raw(' ').string(host).raw(')');
                }
                case Address.GroupStart(String name) ->
                    wire.raw("(NIL NIL ").string(name).raw(" NIL)");
                case Address.GroupEnd() -> wire.raw("(NIL NIL NIL NIL)");
            }
        }
        return wire.raw(')').toString();
    }
}
