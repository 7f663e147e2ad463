package cz.digidig.storage.journal;

/** A page is already newer than the snapshot that it was to be read for: somebody has changed the mailbox. */
final class StaleSnapshot extends RuntimeException {
    StaleSnapshot(String mailbox) {
        super(mailbox, null, false, false);
    }
}
