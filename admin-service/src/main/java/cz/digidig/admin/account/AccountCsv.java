package cz.digidig.admin.account;

import cz.digidig.common.mail.EmailAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Accounts as comma-separated values (RFC 4180), with a head that names the columns, in any order. */
final class AccountCsv {
    static final int MOST_ROWS = 20_000;
    private static final int LEAST_PASSWORD = 8;
    private static final Set<String> ROLES = Set.of("user", "domain-admin", "admin");

    private AccountCsv() {}

    /** Reads rows, each judged by itself and against the others; an empty result has no usable head. */
    static List<AccountRow> read(String text) {
        List<List<String>> lines = parse(text.startsWith("\ufeff") ? text.substring(1) : text);
        if (lines.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < lines.getFirst().size(); i++) {
            columns.put(lines.getFirst().get(i).strip().toLowerCase(Locale.ROOT), i);
        }
        if (!columns.containsKey("email")) {
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        List<AccountRow> rows = new ArrayList<>();
        for (int i = 1; i < lines.size() && rows.size() < MOST_ROWS; i++) {
            List<String> line = lines.get(i);
            if (line.size() == 1 && line.getFirst().isBlank()) {
                continue;
            }
            rows.add(row(i + 1, line, columns, seen));
        }
        return rows;
    }

    private static AccountRow row(int number, List<String> line, Map<String, Integer> columns, Set<String> seen) {
        String roles = cell(line, columns, "roles");
        AccountForm form = new AccountForm(
                cell(line, columns, "email"),
                cell(line, columns, "password"),
                cell(line, columns, "displayname"),
                roles.isEmpty()
                        ? List.of("user")
                        : Arrays.stream(roles.split("[ ;|]+", -1))
                                .filter(role -> !role.isEmpty())
                                .toList(),
                cell(line, columns, "quotamb"));
        String problem = problem(form, line.size() != columns.size());
        if (problem.isEmpty() && !seen.add(form.email().toLowerCase(Locale.ROOT))) {
            problem = "twice";
        }
        return new AccountRow(number, form, problem);
    }

    private static String problem(AccountForm form, boolean damaged) {
        if (damaged) {
            return "columns";
        }
        if (EmailAddress.parse(form.email()).isEmpty()) {
            return "address";
        }
        if (form.password().length() < LEAST_PASSWORD) {
            return "password";
        }
        if (!ROLES.containsAll(form.roles())) {
            return "roles";
        }
        return form.quotaIsNumber() ? "" : "quota";
    }

    private static String cell(List<String> line, Map<String, Integer> columns, String name) {
        Integer at = columns.get(name);
        return at == null || at >= line.size() ? "" : line.get(at).strip();
    }

    private static List<List<String>> parse(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.isEmpty()) {
                quoted = true;
            } else if (c == ',') {
                line.add(cell.toString());
                cell.setLength(0);
            } else if (c == '\n') {
                line.add(cell.toString());
                cell.setLength(0);
                lines.add(line);
                line = new ArrayList<>();
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        if (!cell.isEmpty() || !line.isEmpty()) {
            line.add(cell.toString());
            lines.add(line);
        }
        return lines;
    }

    /** A line; cells that a spreadsheet would take for a formula are made harmless. */
    static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            String safe = cell.matches("[=+\\-@\\t\\r].*") ? "'" + cell : cell;
            line.append(line.isEmpty() ? "" : ",")
                    .append('"')
                    .append(safe.replace("\"", "\"\""))
                    .append('"');
        }
        return line.append("\r\n").toString();
    }
}
