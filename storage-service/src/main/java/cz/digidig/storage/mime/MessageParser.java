package cz.digidig.storage.mime;

import cz.digidig.storage.mime.MessageFacts.Correspondent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads messages. Without state, so any thread may use it; never fails. */
public final class MessageParser {
    private static final int MOST_SUBJECT = 1000;
    private static final int MOST_CORRESPONDENTS = 50;

    private final MimeLimits limits;

    public MessageParser(MimeLimits limits) {
        this.limits = limits;
    }

    public MessageParser() {
        this(MimeLimits.DEFAULT);
    }

    /**
     * Reads a message whole.
     *
     * @param octets the message as it came; not kept, not changed
     */
    public ParsedMessage parse(byte[] octets) {
        MimePart message = StructureReader.read(octets, limits);
        TextCollector text = new TextCollector(octets, limits);
        text.collect(message);
        MessageFacts facts = facts(message.header, text);
        return new ParsedMessage(
                EnvelopeWriter.envelope(message.header, limits),
                BodyStructureWriter.write(message, BodyStructureWriter.Form.BODYSTRUCTURE, limits),
                BodyStructureWriter.write(message, BodyStructureWriter.Form.BODY, limits),
                message.layout(),
                MessageIds.threadId(facts.references(), facts.inReplyTo(), facts.messageId()),
                facts,
                new SearchText(searchedHeader(octets, message.header, facts), text.body()));
    }

    /** The addresses of a message's From field; none where it has none that can be read. */
    public List<String> authors(byte[] octets) {
        return correspondents(StructureReader.header(octets, limits).joined("from")).stream()
                .map(Correspondent::address)
                .toList();
    }

    private String searchedHeader(byte[] octets, Header header, MessageFacts facts) {
        String fields = HeaderSearchText.of(octets, header, limits);
        return facts.hasAttachment() ? fields + SearchText.ATTACHMENT_MARK + ":\n" : fields;
    }

    private MessageFacts facts(Header header, TextCollector text) {
        String subject = header.first("subject");
        DateReader.SentDate date = DateReader.read(header.first("date"));
        List<String> ids = MessageIds.read(header.first("message-id"));
        return new MessageFacts(
                subject == null ? "" : HeaderText.oneLine(HeaderText.decode(subject), MOST_SUBJECT),
                correspondents(header.joined("from")),
                correspondents(header.joined("to")),
                correspondents(header.joined("cc")),
                date == null ? null : date.instant(),
                date == null ? null : date.day(),
                ids.isEmpty() ? null : ids.getFirst(),
                List.copyOf(MessageIds.read(header.first("in-reply-to"))),
                List.copyOf(MessageIds.read(header.first("references"))),
                text.preview(),
                text.attachments());
    }

    private static List<Correspondent> correspondents(@Nullable String field) {
        if (field == null) {
            return List.of();
        }
        List<Correspondent> people = new ArrayList<>(2);
        for (Address address : AddressReader.read(field, MOST_CORRESPONDENTS)) {
            if (address instanceof Address.Mailbox(String name, String _, String local, String host)) {
                String shown = HeaderText.shown(host.isEmpty() ? local : local + "@" + host);
                people.add(new Correspondent(HeaderText.shown(name), shown));
            }
        }
        return List.copyOf(people);
    }
}
