package cz.digidig.client.contacts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All contacts of a person. */
record AddressBook(List<Contact> contacts) {
    static final int MOST = 5000;
    static final AddressBook EMPTY = new AddressBook(List.of());

    AddressBook {
        contacts = List.copyOf(contacts);
    }

    Optional<Contact> find(String id) {
        return contacts.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    List<String> groups() {
        return contacts.stream()
                .flatMap(one -> one.groups().stream())
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    List<Contact> group(String name) {
        return contacts.stream().filter(one -> one.groups().contains(name)).toList();
    }

    /** Whether somebody with one of the addresses, or without any the same, is among them. */
    boolean knows(Contact other) {
        return contacts.stream()
                .anyMatch(one -> other.addresses().isEmpty()
                        ? one.name().equals(other.name()) && one.phone().equals(other.phone())
                        : other.addresses().stream()
                                .anyMatch(address -> one.addresses().stream().anyMatch(address::equalsIgnoreCase)));
    }

    boolean isFull() {
        return contacts.size() >= MOST;
    }

    /** In place of the one with its id, or as a new one. */
    AddressBook with(Contact contact) {
        List<Contact> all = new ArrayList<>(contacts);
        all.removeIf(one -> one.id().equals(contact.id()));
        if (all.size() < MOST) {
            all.add(contact);
        }
        return new AddressBook(all);
    }

    AddressBook without(String id) {
        return new AddressBook(
                contacts.stream().filter(one -> !one.id().equals(id)).toList());
    }

    /** With others beside them. Who has an address that is known already is left as it is. */
    AddressBook with(List<Contact> others) {
        Map<String, Contact> known = new HashMap<>();
        contacts.forEach(one -> one.addresses().forEach(address -> known.put(address.toLowerCase(Locale.ROOT), one)));
        List<Contact> all = new ArrayList<>(contacts);
        for (Contact other : others) {
            boolean there = other.addresses().stream().anyMatch(one -> known.containsKey(one.toLowerCase(Locale.ROOT)));
            if (!there && !other.isEmpty() && all.size() < MOST) {
                Contact fresh = other.named();
                all.add(fresh);
                fresh.addresses().forEach(address -> known.put(address.toLowerCase(Locale.ROOT), fresh));
            }
        }
        return new AddressBook(all);
    }
}
