package cz.digidig.storage.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads message ids (RFC 5322 §3.6.4) and makes a thread id of them (RFC 8474 §4.2). */
final class MessageIds {
    private static final int MOST_IDS = 200;
    private static final int MOST_LENGTH = 998;
    private static final int THREAD_OCTETS = 15;

    private MessageIds() {}

    /** The ids in a field without their angle brackets; a lone word with an @ counts although it has none. */
    static List<String> read(@Nullable String field) {
        List<String> ids = new ArrayList<>(2);
        if (field == null) {
            return ids;
        }
        int open = field.indexOf('<');
        if (open < 0) {
            String word = field.strip();
            if (word.indexOf('@') > 0 && word.indexOf(' ') < 0 && word.indexOf('\t') < 0) {
                add(word, ids);
            }
            return ids;
        }
        while (open >= 0 && ids.size() < MOST_IDS) {
            int close = field.indexOf('>', open);
            if (close < 0) {
                break;
            }
            add(field.substring(field.lastIndexOf('<', close) + 1, close), ids);
            open = field.indexOf('<', close);
        }
        return ids;
    }

    private static void add(String id, List<String> ids) {
        String clean = HeaderText.shown(id);
        if (!clean.isEmpty() && clean.length() <= MOST_LENGTH) {
            ids.add(clean);
        }
    }

    /** The same for all messages of a conversation: made of its first message's id. */
    static String threadId(List<String> references, List<String> inReplyTo, @Nullable String messageId) {
        if (!references.isEmpty()) {
            return hashed(references.getFirst());
        }
        if (!inReplyTo.isEmpty()) {
            return hashed(inReplyTo.getFirst());
        }
        return hashed(messageId == null ? UUID.randomUUID().toString() : messageId);
    }

    private static String hashed(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(ISO_8859_1));
            return "T" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, THREAD_OCTETS));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
