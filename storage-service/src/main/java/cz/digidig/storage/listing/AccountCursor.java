package cz.digidig.storage.listing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cz.digidig.common.api.problem.ErrorCode;
import cz.digidig.common.api.problem.ProblemException;
import cz.digidig.storage.search.AccountRows;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the next page of an account's messages begins: below a place in their order, whatever comes or goes meanwhile. */
final class AccountCursor {
    private static final int MOST_LENGTH = 120;
    private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18})\\.([0-9]{1,10})\\.([A-Za-z0-9_-]{1,40})");

    private AccountCursor() {}

    static String below(AccountRows.Place place) {
        String text = place.internalDate() + "." + place.uid() + "." + place.mailbox();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
    }

    static AccountRows.Place place(String cursor) {
        try {
            if (cursor.length() <= MOST_LENGTH) {
                Matcher parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(cursor), US_ASCII));
                if (parts.matches()) {
                    return new AccountRows.Place(
                            Long.parseLong(parts.group(1)), parts.group(3), Long.parseLong(parts.group(2)));
                }
            }
        } catch (IllegalArgumentException malformed) {
            // Refused below, as any other that is none.
        }
        throw new ProblemException(ErrorCode.INVALID, "This is not a cursor that a search gave");
    }
}
