package cz.digidig.storage.mime;

/** An entry of an address list, texts as octets in ISO 8859-1 characters, quoting removed (RFC 5322 §3.4). */
sealed interface Address {
    /**
     * One address.
     *
     * @param name the display name, or else the comment; empty: none
     * @param route an obsolete source route; empty: none
     * @param local the local part
     * @param host the domain; empty where it is missing
     */
    record Mailbox(String name, String route, String local, String host) implements Address {}

    /** A group begins. */
    record GroupStart(String name) implements Address {}

    /** The group ends. */
    record GroupEnd() implements Address {}
}
