package cz.digidig.client.links;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** Plain text that somebody else wrote, with links made of what looks like one. */
public final class LinkedText {
    /** Behind it stands an encoded {@code mailto:} link. */
    public static final String COMPOSE = "/compose?mailto=";

    private static final Pattern LINK = Pattern.compile(
            "(?i)\\b(?:https?://|www\\.)[^\\s<>\"]{1,2000}|\\b[\\p{L}\\p{N}._%+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.)+\\p{L}{2,24}");

    private LinkedText() {}

    /** The text escaped, with links; line ends are kept. */
    public static String html(String text) {
        StringBuilder html = new StringBuilder(text.length() + 64);
        Matcher found = LINK.matcher(text);
        int end = 0;
        while (found.find()) {
            String words = withoutEnd(found.group());
            html.append(HtmlUtils.htmlEscape(text.substring(end, found.start())));
            String target = words.contains("://")
                    ? words
                    : words.contains("@") && !words.startsWith("www.") ? "mailto:" + words : "https://" + words;
            SafeLink link = SafeLink.of(target);
            if (link == null) {
                html.append(HtmlUtils.htmlEscape(words));
            } else if (link.host().isEmpty()) {
                String to = URLEncoder.encode(target, StandardCharsets.UTF_8);
                html.append("<a href=\"")
                        .append(HtmlUtils.htmlEscape(COMPOSE + to))
                        .append("\">");
                html.append(HtmlUtils.htmlEscape(words)).append("</a>");
            } else {
                html.append("<a href=\"").append(HtmlUtils.htmlEscape(target));
                html.append("\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
                html.append(HtmlUtils.htmlEscape(words)).append("</a>");
                if (link.lookAlike()) {
                    html.append("<span class=\"target\"> → ")
                            .append(HtmlUtils.htmlEscape(link.host()))
                            .append("</span>");
                }
            }
            end = found.start() + words.length();
        }
        return html.append(HtmlUtils.htmlEscape(text.substring(end))).toString();
    }

    /** What ends a sentence does not belong to a link; a bracket does where it was opened in it. */
    private static String withoutEnd(String link) {
        int end = link.length();
        while (end > 1) {
            char last = link.charAt(end - 1);
            boolean closes = last == ')' && link.lastIndexOf('(', end) < 0;
            if (".,;:!?'*_]}".indexOf(last) < 0 && !closes) {
                break;
            }
            end--;
        }
        return link.substring(0, end);
    }
}
