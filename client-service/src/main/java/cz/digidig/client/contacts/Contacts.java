package cz.digidig.client.contacts;

import cz.digidig.client.backend.Correspondent;
import cz.digidig.client.files.AccountFiles;
import cz.digidig.common.config.ServiceProperties;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Everybody's contacts: {@code contacts/<account>.json} in the data folder. */
@Component
public class Contacts {
    private static final int MOST_IN_GROUP = 200;

    private final AccountFiles<AddressBook> files;

    Contacts(ServiceProperties service, JsonMapper json, Clock clock) {
        this.files = new AccountFiles<>(
                service.dataDir().resolve("contacts"), json, clock, AddressBook.class, AddressBook.EMPTY);
    }

    AddressBook of(String account) {
        return files.of(account);
    }

    AddressBook change(String account, UnaryOperator<AddressBook> change) {
        return files.change(account, change);
    }

    /** Those whose names or addresses begin so, as recipients. */
    public List<Correspondent> suggest(String account, String beginning, int limit) {
        return of(account).contacts().stream()
                .filter(one -> one.matches(beginning))
                .flatMap(Contact::correspondents)
                .limit(limit)
                .toList();
    }

    /** The domains of all contacts' addresses, in lower case. */
    public Set<String> domains(String account) {
        return of(account).contacts().stream()
                .flatMap(one -> one.addresses().stream())
                .map(address -> address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** A group by the beginning of its name, and its members. */
    public record Group(String name, List<Correspondent> members) {}

    /** Groups whose names begin so. */
    public List<Group> groups(String account, String beginning, int limit) {
        AddressBook book = of(account);
        String wanted = beginning.strip().toLowerCase(Locale.ROOT);
        return book.groups().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(wanted))
                .map(name -> new Group(
                        name,
                        book.group(name).stream()
                                .flatMap(one -> one.correspondents().limit(1))
                                .limit(MOST_IN_GROUP)
                                .toList()))
                .filter(group -> !group.members().isEmpty())
                .limit(limit)
                .toList();
    }
}
