package cz.digidig.admin.account;

import java.util.List;

/**
 * A line of an import.
 *
 * @param line its number in the file, the head being 1
 * @param form the account; what a damaged line holds is left empty
 * @param problem a message key's end for what is wrong with it; empty: nothing
 */
record AccountRow(int line, AccountForm form, String problem) {
    boolean good() {
        return problem.isEmpty();
    }

    AccountRow refused(String why) {
        return new AccountRow(line, form, why);
    }

    /** The columns of import and export. */
    static final List<String> COLUMNS = List.of("email", "displayName", "password", "roles", "quotaMB");
}
