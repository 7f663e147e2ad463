package cz.digidig.client.contacts;

import ezvcard.Ezvcard;
import ezvcard.VCard;
import ezvcard.VCardVersion;
import ezvcard.property.Categories;
import ezvcard.property.FormattedName;
import ezvcard.property.Note;
import ezvcard.property.Organization;
import ezvcard.property.StructuredName;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Contacts as files that other programs read and write: vCard (RFC 6350, and 3.0 and 2.1) and CSV (RFC 4180). */
final class ContactFiles {
    private static final CSVFormat CSV = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreSurroundingSpaces(true)
            .setAllowMissingColumnNames(true)
            .get();

    private ContactFiles() {}

    /** Reads either of the two; what is no contact is left out. */
    static List<Contact> read(String text) throws IOException {
        String file = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return file.stripLeading().regionMatches(true, 0, "BEGIN:VCARD", 0, 11) ? vCards(file) : csv(file);
    }

    private static List<Contact> vCards(String text) {
        return Ezvcard.parse(text).all().stream()
                .limit(AddressBook.MOST)
                .map(ContactFiles::contact)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static Contact contact(VCard card) {
        FormattedName formatted = card.getFormattedName();
        Organization organisation = card.getOrganization();
        Categories groups = card.getCategories();
        return new Contact(
                "",
                formatted == null ? name(card.getStructuredName()) : orEmpty(formatted.getValue()),
                card.getEmails().stream().map(one -> orEmpty(one.getValue())).toList(),
                card.getTelephoneNumbers().stream()
                        .map(one -> one.getText() == null && one.getUri() != null
                                ? one.getUri().getNumber()
                                : orEmpty(one.getText()))
                        .findFirst()
                        .orElse(""),
                organisation == null ? "" : String.join(", ", organisation.getValues()),
                card.getNotes().stream().map(Note::getValue).findFirst().orElse(""),
                groups == null ? List.of() : groups.getValues());
    }

    private static String name(@Nullable StructuredName name) {
        return name == null
                ? ""
                : Stream.of(orEmpty(name.getGiven()), orEmpty(name.getFamily()))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static String toVCards(List<Contact> contacts) {
        List<VCard> cards = new ArrayList<>();
        for (Contact contact : contacts) {
            VCard card = new VCard(VCardVersion.V4_0);
            card.setFormattedName(contact.shown());
            contact.addresses().forEach(address -> card.addEmail(address));
            if (!contact.phone().isEmpty()) {
                card.addTelephoneNumber(contact.phone());
            }
            if (!contact.organisation().isEmpty()) {
                card.setOrganization(contact.organisation());
            }
            if (!contact.note().isEmpty()) {
                card.addNote(contact.note());
            }
            if (!contact.groups().isEmpty()) {
                card.setCategories(contact.groups().toArray(String[]::new));
            }
            cards.add(card);
        }
        return Ezvcard.write(cards).prodId(false).go();
    }

    /** Columns as mail programs name them: those for the name, those with e-mail, phone, organization, notes, groups. */
    private static List<Contact> csv(String text) throws IOException {
        List<Contact> found = new ArrayList<>();
        try (CSVParser rows = CSV.parse(new StringReader(text))) {
            for (CSVRecord row : rows) {
                if (found.size() >= AddressBook.MOST) {
                    break;
                }
                Contact contact = contact(row, rows.getHeaderNames());
                if (!contact.isEmpty()) {
                    found.add(contact);
                }
            }
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException malformed) {
            throw new IOException("not a table with a line of names: " + malformed.getMessage(), malformed);
        }
        return found;
    }

    private static Contact contact(CSVRecord row, List<String> columns) {
        String whole = value(row, columns, "name|display name|full name");
        String parts = Stream.of(
                        value(row, columns, "first name|given name"), value(row, columns, "last name|family name"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new Contact(
                "",
                whole.isEmpty() ? parts : whole,
                columns.stream()
                        .filter(column -> column.toLowerCase(Locale.ROOT).matches(".*e-?mail.*"))
                        .map(column -> row.isSet(column) ? row.get(column) : "")
                        .filter(value -> value.contains("@"))
                        .toList(),
                value(row, columns, ".*phone.*"),
                value(row, columns, "organi[sz]ation.*|company.*"),
                value(row, columns, "notes?"),
                Arrays.stream(value(row, columns, "groups?|categories|labels").split(" *(;|:::) *", -1))
                        .toList());
    }

    private static String value(CSVRecord row, List<String> columns, String names) {
        return columns.stream()
                .filter(column -> column.toLowerCase(Locale.ROOT).strip().matches(names))
                .map(column -> row.isSet(column) ? row.get(column).strip() : "")
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    static String toCsv(List<Contact> contacts) throws IOException {
        int addresses =
                contacts.stream().mapToInt(one -> one.addresses().size()).max().orElse(1);
        StringBuilder text = new StringBuilder();
        try (CSVPrinter rows = new CSVPrinter(text, CSVFormat.RFC4180)) {
            List<String> header = new ArrayList<>(List.of("Name"));
            for (int i = 1; i <= Math.max(1, addresses); i++) {
                header.add("E-mail " + i);
            }
            header.addAll(List.of("Phone", "Organization", "Notes", "Groups"));
            rows.printRecord(header);
            for (Contact one : contacts) {
                List<String> row = new ArrayList<>(List.of(one.name()));
                for (int i = 0; i < Math.max(1, addresses); i++) {
                    row.add(i < one.addresses().size() ? one.addresses().get(i) : "");
                }
                row.addAll(List.of(one.phone(), one.organisation(), one.note(), String.join("; ", one.groups())));
                // No table program takes what somebody else wrote for a formula.
                rows.printRecord(row.stream()
                        .map(value -> value.matches("(?s)[=+@\\t\\r-].*") ? "'" + value : value)
                        .toList());
            }
        }
        return text.toString();
    }
}
