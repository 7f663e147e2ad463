package cz.digidig.storage.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads address lists (RFC 5322 §3.4 with the obsolete forms of §4.4) and anything that claims to be one: missing commas'
 * worth, hosts, angle brackets and quotes are made the best of. Linear, without recursion.
 */
final class AddressReader {
    /** A piece of an address: a word, or one of {@code . @}. */
    private record Token(String text, Kind kind, boolean spaceBefore) {}

    private enum Kind {
        WORD,
        GLUE,
        AT
    }

    private final String text;
    private final int most;
    private final List<Address> addresses = new ArrayList<>(2);
    private final List<Token> tokens = new ArrayList<>(4);
    private final StringBuilder comment = new StringBuilder();
    private int at;
    private boolean inGroup;
    private boolean space;

    private AddressReader(String text, int most) {
        this.text = text;
        this.most = most;
    }

    /** The list's entries; the groups in it are closed. */
    static List<Address> read(String text, int most) {
        return new AddressReader(text, most).list();
    }

    private List<Address> list() {
        while (at < text.length() && addresses.size() < most) {
            char c = text.charAt(at);
            switch (c) {
                case ',' -> {
                    at++;
                    finish();
                }
                case ';' -> {
                    at++;
                    finish();
                    endGroup();
                }
                case ':' -> {
                    at++;
                    startGroup();
                }
                case '<' -> angle();
                default -> token(c);
            }
        }
        finish();
        endGroup();
        return addresses;
    }

    private void endGroup() {
        if (inGroup) {
            addresses.add(new Address.GroupEnd());
            inGroup = false;
        }
    }

    private void startGroup() {
        boolean address = tokens.stream().anyMatch(token -> token.kind() == Kind.AT);
        if (inGroup || tokens.isEmpty() || address) {
            // Not a group here: part of something odd.
            add(":", Kind.GLUE);
            return;
        }
        addresses.add(new Address.GroupStart(phrase(0, tokens.size())));
        clear();
        inGroup = true;
    }

    private void clear() {
        tokens.clear();
        comment.setLength(0);
        space = false;
    }

    private void token(char c) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            at++;
            space = true;
        } else if (c == '(') {
            comment();
            space = true;
        } else if (c == '"') {
            add(quoted(), Kind.WORD);
        } else if (c == '@') {
            at++;
            add("@", Kind.AT);
        } else if (c == '.') {
            at++;
            add(".", Kind.GLUE);
        } else if (c == '>') {
            // Its opening one is missing.
            at++;
        } else if (c == '[' && !tokens.isEmpty() && tokens.getLast().kind() == Kind.AT) {
            add(literal(), Kind.WORD);
        } else {
            add(atom(), Kind.WORD);
        }
    }

    private void add(String piece, Kind kind) {
        tokens.add(new Token(piece, kind, space));
        space = false;
    }

    private String atom() {
        int start = at++;
        while (at < text.length() && " \t\r\n(<>,;:\"@.".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String literal() {
        int start = at++;
        while (at < text.length() && " ,;<>".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at++) == ']') {
                break;
            }
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder word = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                break;
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            word.append(c);
        }
        return word.toString();
    }

    private void comment() {
        if (!comment.isEmpty()) {
            comment.append(' ');
        }
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '(' && depth++ == 0) {
                continue;
            }
            if (c == ')' && --depth == 0) {
                break;
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            comment.append(c);
        }
    }

    /** {@code <...>}: all before it is the name; what follows up to the comma is one only where there was none. */
    private void angle() {
        List<Token> named = List.copyOf(tokens);
        tokens.clear();
        space = false;
        while (at < text.length() && (text.charAt(at) == '<' || text.charAt(at) == ' ')) {
            at++;
        }
        String route = route();
        boolean open = true;
        while (open && at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '>' -> {
                    at++;
                    open = false;
                }
                case ',', ';', '<' -> open = false;
                case ':' -> {
                    at++;
                    add(":", Kind.GLUE);
                }
                default -> angleToken(c);
            }
        }
        int lastAt = lastAt();
        String local = joined(0, lastAt < 0 ? tokens.size() : lastAt);
        String host = lastAt < 0 ? "" : joined(lastAt + 1, tokens.size());
        tokens.clear();
        space = false;
        boolean more = true;
        while (more && at < text.length()) {
            char c = text.charAt(at);
            if (c == ',' || c == ';' || c == '<') {
                more = false;
            } else if (c == ':' || c == '>') {
                at++;
            } else {
                token(c);
            }
        }
        List<Token> behind = List.copyOf(tokens);
        tokens.clear();
        tokens.addAll(named.isEmpty() ? behind : named);
        String name = name(0, tokens.size());
        if (!name.isEmpty() || !local.isEmpty() || !host.isEmpty()) {
            addresses.add(new Address.Mailbox(name, route, local, host));
        }
        clear();
    }

    /** A word inside angle brackets ends at the closing one. */
    private void angleToken(char c) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '(' || c == '"' || c == '@' || c == '.') {
            token(c);
        } else {
            int start = at++;
            while (at < text.length() && " \t\r\n(<>,;:\"@.".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            add(text.substring(start, at), Kind.WORD);
        }
    }

    /** {@code @one,@two:} (RFC 5322 §4.4, obs-route), without its colon; empty: none. */
    private String route() {
        int start = at;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        if (start >= text.length() || text.charAt(start) != '@') {
            return "";
        }
        int end = start;
        while (end < text.length() && "<>\":;(".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end >= text.length() || text.charAt(end) != ':') {
            return "";
        }
        at = end + 1;
        return text.substring(start, end).strip();
    }

    /** An address without angle brackets, or something that is none, ends here. */
    private void finish() {
        if (!tokens.isEmpty()) {
            int lastAt = lastAt();
            if (lastAt < 0) {
                addresses.add(new Address.Mailbox(comment.toString().strip(), "", phrase(0, tokens.size()), ""));
            } else {
                int start = startOfLocal(lastAt);
                int end = endOfHost(lastAt + 1);
                String name = start > 0 ? name(0, start) : name(end, tokens.size());
                addresses.add(new Address.Mailbox(name, "", joined(start, lastAt), joined(lastAt + 1, end)));
            }
        }
        clear();
    }

    private int lastAt() {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (tokens.get(i).kind() == Kind.AT) {
                return i;
            }
        }
        return -1;
    }

    /** A local part is words with dots between; a word before it that only white space joins is of the name. */
    private int startOfLocal(int atSign) {
        int i = atSign;
        boolean glued = true;
        while (i > 0) {
            Token before = tokens.get(i - 1);
            if (before.kind() == Kind.WORD && !glued && tokens.get(i).spaceBefore()) {
                break;
            }
            glued = before.kind() != Kind.WORD;
            i--;
        }
        return i;
    }

    private int endOfHost(int start) {
        int i = start;
        while (i < tokens.size()) {
            Token token = tokens.get(i);
            boolean glued =
                    i == start || token.kind() != Kind.WORD || tokens.get(i - 1).kind() != Kind.WORD;
            if (!glued && token.spaceBefore()) {
                break;
            }
            i++;
        }
        return i;
    }

    private String joined(int from, int to) {
        if (to == from + 1) {
            return tokens.get(from).text();
        }
        StringBuilder all = new StringBuilder();
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            // White space around dots is obsolete syntax and means nothing; between words it is a mistake, and kept.
            boolean words =
                    i > from && token.kind() == Kind.WORD && tokens.get(i - 1).kind() == Kind.WORD;
            if (words && token.spaceBefore()) {
                all.append(' ');
            }
            all.append(token.text());
        }
        return all.toString();
    }

    private String phrase(int from, int to) {
        if (to == from + 1) {
            return tokens.get(from).text();
        }
        StringBuilder all = new StringBuilder();
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            if (i > from && token.spaceBefore()) {
                all.append(' ');
            }
            all.append(token.text());
        }
        return all.toString();
    }

    private String name(int from, int to) {
        String phrase = phrase(from, to);
        return phrase.isEmpty() ? comment.toString().strip() : phrase;
    }
}
