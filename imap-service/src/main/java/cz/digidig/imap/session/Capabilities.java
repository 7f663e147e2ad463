package cz.digidig.imap.session;

import java.util.ArrayList;
import java.util.List;

/** The capabilities that are told in each state. */
public final class Capabilities {
    private static final String BASE = "IMAP4rev1 IMAP4rev2 SASL-IR ID ENABLE IDLE";
    private static final String AUTHENTICATED =
            "LITERAL+ UIDPLUS MOVE NAMESPACE UNSELECT CHILDREN SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS"
                    + " STATUS=SIZE ESEARCH SEARCHRES WITHIN CONDSTORE BINARY UTF8=ACCEPT OBJECTID APPENDLIMIT=";

    private Capabilities() {}

    /** As in CAPABILITY's answer. */
    public static String of(Session session) {
        List<String> names = new ArrayList<>();
        names.add(BASE);
        if (session.state() instanceof SessionState.NotAuthenticated) {
            // RFC 7888 §5: before log-in only short literals may come unasked.
            names.add("LITERAL-");
            if (session.link().offersTls()) {
                names.add("STARTTLS");
            }
            names.add(session.link().mayLogIn() ? "AUTH=PLAIN AUTH=OAUTHBEARER AUTH=XOAUTH2" : "LOGINDISABLED");
        } else {
            names.add(AUTHENTICATED + session.limits().largestMessage());
        }
        return String.join(" ", names);
    }
}
