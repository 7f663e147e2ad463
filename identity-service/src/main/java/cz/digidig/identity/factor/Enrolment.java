package cz.digidig.identity.factor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What an authenticator app needs.
 *
 * @param secret in Base32
 * @param uri the same with all else, as {@code otpauth:}
 * @param image the URI as a QR code, a {@code data:} URL
 */
record Enrolment(String secret, String uri, String image) {
    static Enrolment of(String secret, String email) {
        String uri = "otpauth://totp/" + encoded("DIGiDIG:" + email) + "?secret=" + secret
                + "&issuer=DIGiDIG&algorithm=SHA1&digits=6&period=" + OneTimePasswords.STEP_SECONDS;
        return new Enrolment(secret, uri, QrCode.image(uri));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Enrolment[]";
    }
}
