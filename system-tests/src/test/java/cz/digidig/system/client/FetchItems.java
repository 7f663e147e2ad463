package cz.digidig.system.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a FETCH response (RFC 9051 §7.5.2) apart, without a look into the values. */
final class FetchItems {
    private final String text;
    private int at;

    private FetchItems(String text, int at) {
        this.text = text;
        this.at = at;
    }

    static Map<String, String> read(String response) {
        String start = " FETCH (";
        FetchItems items = new FetchItems(response, response.indexOf(start) + start.length());
        Map<String, String> result = new LinkedHashMap<>();
        while (items.text.charAt(items.at) != ')') {
            String name = items.name();
            items.at++;
            result.put(name, items.value());
            if (items.text.charAt(items.at) == ' ') {
                items.at++;
            }
        }
        return result;
    }

    /** Up to the space before the value; {@code BODY[HEADER.FIELDS (X)]} has spaces between its brackets. */
    private String name() {
        int start = at;
        boolean inBrackets = false;
        while (inBrackets || text.charAt(at) != ' ') {
            char c = text.charAt(at);
            inBrackets = c == '[' || (inBrackets && c != ']');
            at++;
        }
        return text.substring(start, at);
    }

    private String value() {
        int start = at;
        switch (text.charAt(at)) {
            case '(' -> skipList();
            case '"' -> skipQuoted();
            case '{' -> skipLiteral();
            default -> skipAtom();
        }
        return text.substring(start, at);
    }

    private void skipList() {
        int depth = 0;
        do {
            switch (text.charAt(at)) {
                case '"' -> skipQuoted();
                case '{' -> skipLiteral();
                case '(' -> {
                    depth++;
                    at++;
                }
                case ')' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
    }

    private void skipQuoted() {
        at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipLiteral() {
        int close = text.indexOf('}', at);
        int length = Integer.parseInt(text.substring(at + 1, close));
        at = close + "}\r\n".length() + length;
    }

    private void skipAtom() {
        while (text.charAt(at) != ' ' && text.charAt(at) != ')') {
            at++;
        }
    }
}
