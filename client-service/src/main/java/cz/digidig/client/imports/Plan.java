package cz.digidig.client.imports;

import java.util.List;

/**
 * What a person wants to be imported.
 *
 * @param name of the file, or of the first one
 * @param files how many they are
 * @param target the id of the mailbox for all messages; empty: those that the file says
 * @param read whether messages are marked as read where the file doesn't say if they were
 */
record Plan(String name, int files, List<Source> sources, String target, boolean read) {}
