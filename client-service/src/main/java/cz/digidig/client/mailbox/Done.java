package cz.digidig.client.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * What an action came to.
 *
 * @param key the message that says it
 * @param count how many messages
 * @param folder where they are now; null: where they were
 * @param undo where a POST takes it back; null: it can't be taken back
 */
record Done(
        String key,
        int count,
        @Nullable Folder folder,
        @Nullable String undo) {}
