package cz.digidig.storage.listing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.common.mailbox.UidSet;
import java.util.Base64;

/** Where the next page of a list begins: below a UID. So messages that come or go meanwhile neither repeat nor skip others. */
final class Cursor {
    private static final int MOST_LENGTH = 20;

    private Cursor() {}

    static String below(long uid) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(uid).getBytes(US_ASCII));
    }

    static long uid(String cursor) {
        try {
            if (cursor.length() <= MOST_LENGTH) {
                long uid = Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
                if (uid > 0 && uid <= UidSet.MAX_UID) {
                    return uid;
                }
            }
        } catch (IllegalArgumentException malformed) {
            // Refused below, as any other that is none.
        }
        throw new ProblemException(ErrorCode.INVALID, "This is not a cursor that a list gave");
    }
}
