package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.storage.mime.MessageContent.Attachment;
import cz.digidig.storage.mime.MessageContent.Field;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    @Test
    void textsAreDecodedAndTheOtherPartsNamed() {
        MessageContent content = MessageReader.read(Messages.octets(Messages.MIXED));
        assertThat(content.text()).isEqualTo("Café time");
        assertThat(content.html()).contains("<b>time</b>");
        assertThat(content.headers()).contains(new Field("Subject", "photos"));
        assertThat(content.attachments())
                .containsExactly(
                        new Attachment("2", "cat.png", "image/png", 3, "cat@example.org", false),
                        new Attachment("3", "", "message/rfc822", 56, null, false));
    }

    @Test
    void partsAreFoundByTheirNumberInImap() {
        byte[] octets = Messages.octets(Messages.MIXED);
        assertThat(new String(MessageReader.part(octets, "2").orElseThrow().octets(), UTF_8))
                .isEqualTo("cat");
        assertThat(new String(MessageReader.part(octets, "1.1").orElseThrow().octets(), UTF_8))
                .isEqualTo("Café time");
        assertThat(new String(MessageReader.part(octets, "3.1").orElseThrow().octets(), UTF_8))
                .isEqualTo("an inner text");
        for (String none : new String[] {"", "1", "4", "0", "2.1", "3.2", "1.1.1", "x", "1..1", "99999999999"}) {
            assertThat(MessageReader.part(octets, none)).as(none).isEmpty();
        }
        byte[] simple = Messages.octets(Messages.SIMPLE);
        assertThat(new String(MessageReader.part(simple, "1").orElseThrow().octets(), UTF_8))
                .startsWith("Hello Bob");
    }

    @Property(tries = 300)
    void anyOctetsCanBeRead(@ForAll byte[] octets, @ForAll String number) {
        assertThat(MessageReader.read(octets).attachments()).isNotNull();
        assertThat(MessageReader.part(octets, number)).isNotNull();
    }
}
