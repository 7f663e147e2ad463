package cz.digidig.storage.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import cz.digidig.storage.mime.MessageFacts.Correspondent;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/** The correspondents of a message as octets. Neither names nor addresses have control characters. */
final class People {
    private static final int MOST_LENGTH = 320;

    private People() {}

    static BytesRef write(List<Correspondent> people) {
        StringBuilder text = new StringBuilder();
        for (Correspondent each : people) {
            if (plain(each.name()) && plain(each.address())) {
                text.append(each.address()).append('\t').append(each.name()).append('\n');
            }
        }
        return new BytesRef(text.toString().getBytes(UTF_8));
    }

    private static boolean plain(String text) {
        return text.length() <= MOST_LENGTH && text.chars().noneMatch(c -> c < ' ');
    }

    static List<Correspondent> read(BytesRef octets) {
        List<Correspondent> people = new ArrayList<>();
        String text = new String(octets.bytes, octets.offset, octets.length, UTF_8);
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf('\n', at);
            int tab = text.indexOf('\t', at);
            people.add(new Correspondent(text.substring(tab + 1, end), text.substring(at, tab)));
            at = end + 1;
        }
        return people;
    }
}
