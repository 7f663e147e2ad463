package cz.digidig.storage.journal;

/** Hears of every commit of this process, behind it. Must return at once. */
@FunctionalInterface
public interface MailboxChanged {
    void changed(String account, String mailbox, long modSeq);
}
