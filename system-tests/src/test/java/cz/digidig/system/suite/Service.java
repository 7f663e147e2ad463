package cz.digidig.system.suite;

/** The services that a suite is made of; the name is that of the module and of the process id's file. */
public enum Service {
    IDENTITY("identity-service", Port.IDENTITY),
    STORAGE("storage-service", Port.STORAGE),
    SMTP("smtp-service", Port.SMTP),
    IMAP("imap-service", Port.IMAP),
    CLIENT("client-service", Port.CLIENT),
    ADMIN("admin-service", Port.ADMIN),
    APIDOCS("apidocs-service", Port.APIDOCS);

    private final String title;
    private final Port rest;

    Service(String title, Port rest) {
        this.title = title;
        this.rest = rest;
    }

    public String title() {
        return title;
    }

    /** Where its REST API is. */
    public Port rest() {
        return rest;
    }
}
