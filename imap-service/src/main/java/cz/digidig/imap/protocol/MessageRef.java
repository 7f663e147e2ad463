package cz.digidig.imap.protocol;

/** How a command names messages, and how its answer does. */
public enum MessageRef {
    SEQUENCE,
    UID;

    String prefixed(String name) {
        return this == UID ? "UID " + name : name;
    }
}
