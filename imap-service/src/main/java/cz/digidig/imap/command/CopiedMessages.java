package cz.digidig.imap.command;

import cz.digidig.imap.mailbox.MailStore;
import cz.digidig.imap.protocol.ResponseCode;

/** What COPY and MOVE say of where the messages went (RFC 4315 §3). */
final class CopiedMessages {
    private CopiedMessages() {}

    static ResponseCode code(MailStore.Copied copied) {
        return new ResponseCode.CopyUid(copied.uidValidity(), set(copied.source()), set(copied.target()));
    }

    /** In the order given: the sets must correspond. */
    private static String set(long[] uids) {
        StringBuilder text = new StringBuilder();
        int start = 0;
        while (start < uids.length) {
            int end = start;
            while (end + 1 < uids.length && uids[end + 1] == uids[end] + 1) {
                end++;
            }
            text.append(start == 0 ? "" : ",").append(uids[start]);
            if (end > start) {
                text.append(':').append(uids[end]);
            }
            start = end + 1;
        }
        return text.toString();
    }
}
