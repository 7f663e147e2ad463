package cz.digidig.client.compose;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.backend.Storage;
import cz.digidig.client.contacts.Contacts;
import cz.digidig.client.identities.Identities;
import cz.digidig.common.client.ServiceFailure;
import cz.digidig.common.signin.Person;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What a person should look at once more before a message goes. Nothing of it keeps it from going. */
@Component
class Doubts {
    private static final Logger LOG = LoggerFactory.getLogger(Doubts.class);
    private static final int MOST_ASKED = 20;
    private static final int SUGGESTED = 20;
    private static final Pattern SPEAKS_OF_FILES = Pattern.compile(
            "(?iu)\\b(attached|attachments?|attaching|enclosed|v příloze|příloh[auyoe]\\w*|přiložen\\w*|přikládám\\w*)\\b",
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Contacts contacts;
    private final Identities identities;
    private final Storage storage;

    Doubts(Contacts contacts, Identities identities, Storage storage) {
        this.contacts = contacts;
        this.identities = identities;
        this.storage = storage;
    }

    /**
     * A reason to look again.
     *
     * @param key its message
     * @param arguments of the message
     */
    record Doubt(String key, List<String> arguments) {}

    /** All that there are about a message. */
    List<Doubt> of(Draft draft, Person person) {
        List<String> addresses = List.of(draft.to(), draft.cc(), draft.bcc()).stream()
                .flatMap(typed -> MimeWriter.recipients(typed).stream())
                .map(InternetAddress::getAddress)
                .toList();
        List<Doubt> doubts = new ArrayList<>(ofAddresses(addresses, person));
        if (draft.files().isEmpty() && speaksOfFiles(draft.text())) {
            doubts.add(new Doubt("compose.doubt.attachment", List.of()));
        }
        return doubts;
    }

    /** Recipients whose domain only looks like one that the person knows. */
    List<Doubt> ofAddresses(List<String> addresses, Person person) {
        Set<String> known = new HashSet<>(contacts.domains(person.accountId()));
        identities.of(person).all().forEach(one -> known.add(domain(one.address())));
        List<Doubt> doubts = new ArrayList<>();
        int asked = 0;
        for (String address : addresses) {
            String domain = domain(address);
            Optional<String> alike = LookAlike.of(domain, known);
            if (alike.isEmpty() && !known.contains(domain) && asked++ < MOST_ASKED) {
                alike = LookAlike.of(domain, written(address));
            }
            alike.ifPresent(one -> doubts.add(new Doubt("compose.doubt.look-alike", List.of(address, one))));
        }
        return doubts;
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    /** Domains of those with the same name before the @ with whom mail was exchanged. */
    private Set<String> written(String address) {
        int at = address.lastIndexOf('@');
        try {
            return at <= 0
                    ? Set.of()
                    : storage.suggest(address.substring(0, at), SUGGESTED).stream()
                            .map(Correspondent::address)
                            .map(Doubts::domain)
                            .collect(Collectors.toSet());
        } catch (ServiceFailure unreachable) {
            LOG.debug("it can't be asked with whom mail was exchanged: {}", unreachable.getMessage());
            return Set.of();
        }
    }

    /** Whether the person's own words, without what is quoted and signed, say that there is a file. */
    static boolean speaksOfFiles(String text) {
        String own = text.lines()
                .takeWhile(line -> !line.startsWith("----------"))
                .filter(line -> !line.startsWith(">"))
                .collect(Collectors.joining("\n"));
        String unsigned = own.replaceFirst("(?s)(?:^|\\n)-- \\n.*?(?:\\n\\n|$)", "\n");
        return SPEAKS_OF_FILES.matcher(unsigned).find();
    }
}
