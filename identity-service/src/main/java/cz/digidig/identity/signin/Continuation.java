package cz.digidig.identity.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a sign-in leads: back to the authorization request that asked for it. It travels in the page's own URL, so that
 * visitors who never sign in leave no session behind, and each browser tab goes its own way. Nothing but that end point
 * of this service is ever accepted.
 *
 * @param path a path here with its query; empty: none
 */
record Continuation(String path) {
    private static final String AUTHORIZE = "/oauth2/authorize?";
    private static final int LONGEST = 6000;

    static Continuation of(@Nullable String text) {
        return text != null
                        && text.startsWith(AUTHORIZE)
                        && text.length() <= LONGEST
                        && text.chars().allMatch(character -> character > ' ' && character < 127 && character != '\\')
                ? new Continuation(text)
                : new Continuation("");
    }

    /** The sign-in page for a request that needs one. */
    static String signIn(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null || !request.getMethod().equals("GET")
                ? SignInController.PATH
                : of(request.getRequestURI() + "?" + query).appendTo(SignInController.PATH);
    }

    /** A page's path with this in its query. */
    String appendTo(String page) {
        return path.isEmpty() ? page : page + "?continue=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    /** Where to go now. */
    String target(String otherwise) {
        return path.isEmpty() ? otherwise : path;
    }
}
