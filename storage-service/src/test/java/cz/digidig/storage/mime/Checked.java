package cz.digidig.storage.mime;

import static org.assertj.core.api.Assertions.assertThat;

import cz.digidig.common.api.storage.RenderedMessage.PartLayout;
import cz.digidig.storage.mime.WireReader.Value;

/** Parses a message and holds the result against what must be true of every one. */
final class Checked {
    private Checked() {}

    static ParsedMessage parse(byte[] octets) {
        ParsedMessage message = new MessageParser().parse(octets);
        envelope(WireReader.list(message.envelope()));
        structure(WireReader.list(message.bodyStructure()), BodyStructureWriter.Form.BODYSTRUCTURE, message.layout());
        structure(WireReader.list(message.body()), BodyStructureWriter.Form.BODY, message.layout());
        layout(message.layout(), 0, octets.length);
        assertThat(message.layout().header()).isZero();
        assertThat(message.layout().end()).isEqualTo(octets.length);
        assertThat(message.facts().preview().length()).isLessThanOrEqualTo(MimeLimits.DEFAULT.preview());
        SearchText search = message.search();
        assertThat(search.headers().length()).isLessThanOrEqualTo(MimeLimits.DEFAULT.searchedHeader());
        assertThat(search.body().length()).isLessThanOrEqualTo(2 * MimeLimits.DEFAULT.searchedBody());
        assertThat(message.threadId()).matches("[A-Za-z0-9_-]{1,255}");
        return message;
    }

    private static void layout(PartLayout part, long from, long to) {
        assertThat(part.header()).isBetween(from, to);
        assertThat(part.body()).isBetween(part.header(), to);
        assertThat(part.end()).isBetween(part.body(), to);
        long next = part.body();
        for (PartLayout inside : part.parts()) {
            layout(inside, next, part.end());
            next = inside.end();
        }
        PartLayout message = part.message();
        if (message != null) {
            assertThat(message.header()).isEqualTo(part.body());
            assertThat(message.end()).isEqualTo(part.end());
            layout(message, part.body(), part.end());
        }
    }

    private static void envelope(Value.Items envelope) {
        assertThat(envelope.size()).isEqualTo(10);
        for (int i : new int[] {0, 1, 8, 9}) {
            nstring(envelope.get(i));
        }
        for (int i = 2; i < 8; i++) {
            if (envelope.get(i) instanceof Value.Items list) {
                list.values().forEach(address -> {
                    Value.Items fields = (Value.Items) address;
                    assertThat(fields.size()).isEqualTo(4);
                    fields.values().forEach(Checked::nstring);
                });
            } else {
                assertThat(envelope.get(i)).isInstanceOf(Value.Nil.class);
            }
        }
    }

    private static void nstring(Value value) {
        assertThat(value).isInstanceOfAny(Value.Nil.class, Value.Text.class);
    }

    private static void structure(Value.Items part, BodyStructureWriter.Form form, PartLayout layout) {
        boolean extended = form == BodyStructureWriter.Form.BODYSTRUCTURE;
        if (part.get(0) instanceof Value.Items) {
            int parts = 0;
            while (part.get(parts) instanceof Value.Items inside) {
                structure(inside, form, layout.parts().get(parts));
                parts++;
            }
            assertThat(layout.parts()).hasSize(parts);
            assertThat(part.get(parts)).isInstanceOf(Value.Text.class);
            assertThat(part.size()).isEqualTo(parts + (extended ? 5 : 1));
            if (extended) {
                parameters(part.get(parts + 1));
                disposition(part.get(parts + 2));
            }
            return;
        }
        assertThat(layout.parts()).isEmpty();
        String type = ((Value.Text) part.get(0)).octets();
        String subtype = ((Value.Text) part.get(1)).octets();
        assertThat(type).isNotEqualToIgnoringCase("multipart").isNotEmpty();
        assertThat(subtype).isNotEmpty();
        parameters(part.get(2));
        nstring(part.get(3));
        nstring(part.get(4));
        assertThat(part.get(5)).isInstanceOf(Value.Text.class);
        assertThat(((Value.Numeral) part.get(6)).value()).isEqualTo(layout.end() - layout.body());
        int fields = 7;
        PartLayout message = layout.message();
        if (message != null) {
            assertThat(type).isEqualToIgnoringCase("message");
            envelope((Value.Items) part.get(7));
            structure((Value.Items) part.get(8), form, message);
            fields = 9;
        }
        if (message != null || type.equalsIgnoreCase("text")) {
            assertThat(part.get(fields++)).isInstanceOf(Value.Numeral.class);
        }
        assertThat(part.size()).isEqualTo(fields + (extended ? 4 : 0));
        if (extended) {
            nstring(part.get(fields));
            disposition(part.get(fields + 1));
            nstring(part.get(fields + 3));
        }
    }

    private static void parameters(Value value) {
        if (value instanceof Value.Items items) {
            assertThat(items.size() % 2).isZero();
            items.values().forEach(item -> assertThat(item).isInstanceOf(Value.Text.class));
        } else {
            assertThat(value).isInstanceOf(Value.Nil.class);
        }
    }

    private static void disposition(Value value) {
        if (value instanceof Value.Items items) {
            assertThat(items.size()).isEqualTo(2);
            assertThat(items.get(0)).isInstanceOf(Value.Text.class);
            parameters(items.get(1));
        } else {
            assertThat(value).isInstanceOf(Value.Nil.class);
        }
    }
}
