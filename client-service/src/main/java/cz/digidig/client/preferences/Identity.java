package cz.digidig.client.preferences;

/**
 * As whom a person writes from one of the own addresses. What is longer than it may be is cut off.
 *
 * @param address the account's, or an alias
 * @param name shown beside the address; empty: that of the profile
 * @param replyTo where answers go; empty: to the address
 * @param signature put under what is written; plain text
 */
public record Identity(String address, String name, String replyTo, String signature) {
    public static final int LONGEST_NAME = 200;
    public static final int LONGEST_ADDRESS = 320;
    public static final int LONGEST_SIGNATURE = 2000;

    public Identity {
        name = cut(name.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST_NAME);
        replyTo = cut(replyTo.replaceAll("\\p{Cntrl}+", " ").strip(), LONGEST_ADDRESS);
        signature = cut(signature.replace("\r\n", "\n").stripTrailing(), LONGEST_SIGNATURE);
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    /** The same under another address, such as a sub-address ({@code user+tag}) of it. */
    public Identity at(String other) {
        return new Identity(other, name, replyTo, signature);
    }
}
